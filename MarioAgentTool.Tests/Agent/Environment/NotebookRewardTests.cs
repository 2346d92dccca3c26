using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>
/// The three notebooks' steps, run by their own Python over scripted episodes, and our rules over the same.
/// <c>Golden/golden_rewards.py</c> made the numbers.
/// </summary>
public class NotebookRewardTests
{
    private static readonly JObject Golden = Goldens.Read("rewards.json");

    private static IEnumerable<TestCaseData> Episodes =>
        from episode in Golden["episodes"]!
        from rule in new[] { ("000", RewardKind.Shaped), ("001", RewardKind.Gym), ("002", RewardKind.Custom) }
        select new TestCaseData(episode, rule.Item1, rule.Item2).SetArgDisplayNames((string)episode["name"]!, rule.Item1);

    [TestCaseSource(nameof(Episodes))]
    public void Every_step_pays_and_ends_as_the_notebook_says(JToken episode, string notebook, RewardKind kind)
    {
        int skip = (int)Golden["skip"]!, at = 0;
        IRewardRule rule = Make(new EnvironmentSettings { Conduct = ConductKind.Gym, Reward = new() { Kind = kind } });
        var ram = new ScriptedRam();
        rule.BeginEpisode(ram.Frame);
        using IEnumerator<Action<ScriptedRam, bool>> frames = Frames(episode["segments"]!).GetEnumerator();
        foreach (JToken expected in episode[notebook]!)
        {
            rule.BeginStep();
            var end = EpisodeEnd.None;
            int played = 0;
            while (end == EpisodeEnd.None && !rule.StepIsOver && played < skip && frames.MoveNext())
            {
                played++;
                frames.Current(ram, false);
                end = rule.AfterFrame(ram.Frame);
                if (end == EpisodeEnd.None)
                {
                    frames.Current(ram, true);
                    end = rule.AfterLed(ram.Frame);
                }
            }

            Assert.That(rule.Reward, Is.EqualTo((float)expected[0]!), $"reward of step {at}");
            Assert.That(end != EpisodeEnd.None ? 1 : 0, Is.EqualTo((int)expected[1]!), $"done of step {at}: {end}");
            Assert.That(played, Is.EqualTo((int)expected[2]!), $"frames of step {at}");
            if (rule is CustomReward)
            {
                Assert.That(rule.MaxX, Is.EqualTo((int)expected[3]!), $"max_x of step {at}");
            }

            at++;
        }
    }

    private static IRewardRule Make(EnvironmentSettings settings) => settings.Reward.Kind switch
    {
        RewardKind.Shaped => new ShapedReward(settings),
        RewardKind.Gym => new GymReward(settings),
        _ => new CustomReward(settings),
    };

    /// <summary>One call a frame, first as gym judges it, then as it has skipped on.</summary>
    private static IEnumerable<Action<ScriptedRam, bool>> Frames(JToken segments)
    {
        int x = 40, count = 0;
        foreach (JToken segment in segments)
        {
            int[] s = [.. segment.Select(n => (int)n)];
            for (int i = 0; i < s[0]; i++)
            {
                x = Math.Max(0, x + s[1]);
                count++;
                int levelX = x, time = 400 - count / 24;
                yield return (ram, skipped) =>
                {
                    ram.X = levelX;
                    ram.Time = time;
                    ram.Bytes[RamMap.PlayerScreenY] = (byte)s[2];
                    ram.Bytes[RamMap.PlayerYHigh] = (byte)(skipped ? s[7] : s[3]);
                    ram.Routine = (PlayerRoutine)(skipped ? s[6] : s[4]);
                    ram.Bytes[RamMap.FloatState] = (byte)(s[5] != 0 ? FloatState.Climbing : FloatState.Ground);
                    ram.Bytes[RamMap.ObjectType] = (byte)(s[5] != 0 ? ObjectType.StarFlag : ObjectType.Goomba);
                };
            }
        }
    }
}
