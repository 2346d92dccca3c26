using System.Text.Json;
using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class AccuracyCoinTests
{
    // Raise it when the score rises. The tests not passed are printed with their error codes.
    private const int ExpectedScore = 136;

    [Test]
    public void AccuracyCoin_does_not_lose_a_test_it_once_passed()
    {
        var console = new Nes(TestRoms.Load("AccuracyCoin.nes"));
        using JsonDocument results = JsonDocument.Parse(TestRoms.Read("AccuracyCoin.results.json"));
        for (int frame = 0; frame < 7000; frame++)
        {
            // The menu runs everything when Start is pressed.
            console.FrameAdvance(frame is >= 200 and < 206 ? JoypadButtons.Start : JoypadButtons.None, render: false);
        }

        int score = 0;
        foreach (JsonProperty test in results.RootElement.EnumerateObject())
        {
            byte result = console.Peek((ushort)test.Value.GetInt32());
            if ((result & 3) == 1)
            {
                score++;
            }
            else
            {
                TestContext.Out.WriteLine($"{test.Name}: {((result & 3) == 2 ? $"error {result >> 2}" : "not run")}");
            }
        }

        TestContext.Out.WriteLine($"AccuracyCoin: {score}");
        Assert.That(score, Is.GreaterThanOrEqualTo(ExpectedScore));
    }
}
