using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Game;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>
/// gym-super-mario-bros 7.4.0's own class and our session over the same scripted RAM. <c>Golden/golden_gym.py</c> made the traces.
/// </summary>
public class GymGoldenTests
{
    private static readonly JObject Golden = Goldens.Read("gym.json");

    [Test]
    public void A_stage_is_started_frame_by_frame_and_write_by_write_as_gym_does([Range(0, 3)] int number)
    {
        JToken boot = Golden["boots"]![number]!;
        int setAt = (int)boot["set_at"]!, ticksAt = (int)boot["ticks_at"]!;
        var target = boot["target"]!.HasValues ? new StageId((int)boot["target"]![0]!, (int)boot["target"]![1]!) : (StageId?)null;
        var host = new FakeHost((ram, _, frame) =>
        {
            ram.Bytes[RamMap.ScreenTimer] = 7;
            ram.Time = frame < setAt ? 0 : frame < ticksAt ? 400 : 399;
        });
        var starter = new GymStarter(target ?? StageId.First, fullGame: target is null);
        while (!starter.IsStarted)
        {
            host.FrameAdvance(starter.Buttons, render: false);
            starter.AfterFrame(host);
        }

        Assert.That(string.Concat(host.Inputs.Select(b => (int)b)), Is.EqualTo((string?)boot["inputs"]));
        Assert.That(host.Writes, Is.EqualTo(boot["writes"]!.Select(w => ((int)w[0]!, (byte)w[1]!))));
        Assert.That(starter.Finish(host).WroteRam, Is.EqualTo(host.Writes.Count > 0));
    }

    [Test]
    public void Every_step_has_gyms_info_reward_done_frames_and_writes([Range(0, 3)] int number)
    {
        JToken trace = Golden["traces"]![number]!;
        var script = new Script((uint)trace["seed"]!);
        var host = new FakeHost((ram, _, _) => script.Frame(ram.Bytes));
        var settings = new EnvironmentSettings
        {
            Conduct = ConductKind.Gym,
            Task = (bool)trace["full_game"]! ? TaskKind.FullGame : TaskKind.Stage,
            ActionSet = "right-only",
            FrameSkip = 1,
            NoOpStarts = 0,
            Reward = new() { Kind = RewardKind.Gym },
        };
        var session = new GameSession(settings, host.Start(), new RandomStream(1));
        session.Open(host);
        int at = 0;
        foreach (JToken expected in trace["steps"]!)
        {
            host.Inputs.Clear();
            host.Writes.Clear();
            StepResult step = session.Play(host, action: 1);
            GymInfo i = session.Info;
            JArray ours =
            [
                i.Coins, i.FlagGet ? 1 : 0, (int)i.Life, i.Score, i.Stage, i.Status, i.Time, i.World, i.XPos, i.YPos,
                step.Reward, step.End != EpisodeEnd.None ? 1 : 0, host.Inputs.Count, new JArray(host.Writes.Select(w => new JArray(w.Address, (int)w.Value))),
            ];
            Assert.That(ours.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(expected.ToString(Newtonsoft.Json.Formatting.None)), $"step {at++}");
            Assert.That(host.Inputs[0], Is.EqualTo(Buttons.Right));
            Assert.That(host.Inputs.Skip(1), Is.All.EqualTo(Buttons.None), "nothing is held while gym skips");
        }
    }

    [Test]
    public void A_session_saved_in_the_middle_of_a_skip_goes_on_as_if_never_stopped()
    {
        // A card of 20 frames after each tenth frame; saved on every frame of the way.
        static void Cards(ScriptedRam ram, Buttons buttons, int frame)
        {
            FakeHost.Walk(ram, buttons, frame);
            ram.Routine = frame % 30 < 20 ? PlayerRoutine.Control : PlayerRoutine.EntranceSetup;
        }

        var settings = new EnvironmentSettings { Conduct = ConductKind.Gym, NoOpStarts = 0, Reward = new() { Kind = RewardKind.Custom } };
        var host = new FakeHost(Cards);
        StartState start = host.Start();
        var session = new GameSession(settings, start, new RandomStream(1));
        session.Open(host);
        var twinHost = new FakeHost(Cards);
        for (int frame = 0; frame < 200; frame++)
        {
            if (session.AwaitsAction)
            {
                session.Act(1 + frame % 4);
            }

            using var saved = new MemoryStream();
            session.Save(new BinaryWriter(saved));
            saved.Position = 0;
            var twin = new GameSession(settings, start, new RandomStream(99));
            twinHost.LoadState(host.SaveState());
            twin.Load(new BinaryReader(saved));
            host.FrameAdvance(session.Buttons, false);
            session.AfterFrame(host);
            twinHost.FrameAdvance(twin.Buttons, false);
            twin.AfterFrame(twinHost);
            Assert.That((twin.AwaitsAction, twin.Buttons, twin.Info, twin.Step), Is.EqualTo((session.AwaitsAction, session.Buttons, session.Info, session.Step)), $"frame {frame}");
            Assert.That(twinHost.Ram.Bytes, Is.EqualTo(host.Ram.Bytes), $"frame {frame}");
        }
    }

    /// <summary>The same generator as in golden_gym.py.</summary>
    private sealed class Script(uint seed)
    {
        private uint _state = seed;

        public void Frame(byte[] ram)
        {
            int r = Next(100);
            ram[0x0E] = (byte)(r < 2 ? 0x0B : r < 3 ? 0x06 : r < 12 ? Pick(0, 1, 2, 3, 4, 5, 7) : r < 15 ? Pick(9, 10, 12) : 8);
            int x = ram[0x6D] * 256 + ram[0x86] + Next(8) - 2;
            x = Next(50) == 0 ? Next(3000) : Math.Max(x, 0);
            (ram[0x6D], ram[0x86]) = ((byte)(x >> 8), (byte)x);
            r = Next(150);
            ram[0xB5] = (byte)(r < 4 ? new[] { 0, 2, 255, 5 }[r] : 1);
            ram[0x3B8] = (byte)Next(256);
            ram[0x770] = (byte)(Next(150) == 0 ? 2 : 1);
            ram[0x1D] = (byte)(Next(20) == 0 ? 3 : Next(3));

            // Python works out a value before the place it goes to.
            int value = Pick(0x2D, 0x31, 0x06, 0x2F, 0x00, 0x30);
            ram[0x16 + Next(5)] = (byte)value;
            int time = ram[0x7F8] * 100 + ram[0x7F9] * 10 + ram[0x7FA];
            time -= Next(6) == 0 ? 1 : 0;
            time = time is <= 0 or > 999 ? 400 : time;
            (ram[0x7F8], ram[0x7F9], ram[0x7FA]) = ((byte)(time / 100), (byte)(time / 10 % 10), (byte)(time % 10));
            if (Next(200) == 0)
            {
                value = Next(256);
                ram[0x7F8 + Next(3)] = (byte)value;
            }

            value = Next(30) == 0 ? Next(256) : Next(10);
            ram[0x7DD + Next(7)] = (byte)value;
            value = Next(10);
            ram[0x7ED + Next(2)] = (byte)value;
            if (Next(40) == 0)
            {
                ram[0x75A] = (byte)Pick(2, 1, 0, 255);
                ram[0x75F] = (byte)Next(8);
                ram[0x75C] = (byte)Next(4);
                ram[0x756] = (byte)Next(4);
            }

            if (Next(10) == 0)
            {
                ram[0x6DE] = (byte)Next(256);
            }
        }

        private int Next(int below)
        {
            _state = _state * 1664525 + 1013904223;
            return (int)((_state >> 16) % (uint)below);
        }

        private int Pick(params int[] values) => values[Next(values.Length)];
    }
}
