using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Agent.Game;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class GymInfoTests
{
    private readonly ScriptedRam _ram = new();

    [Test]
    public void The_start_of_1_1_reads_as_gym_says() =>
        Assert.That(GymInfo.Of(_ram.Frame), Is.EqualTo(new GymInfo(0, false, 2, 0, 1, "small", 400, 1, 40, 79)));

    [Test]
    public void The_score_is_read_one_digit_late_and_so_loses_its_millions()
    {
        // $07DD-$07E2 hold 1 234 56; the screen adds a 0, and so does player 2's first digit.
        for (int i = 0; i < 6; i++)
        {
            _ram.Bytes[RamMap.ScoreDigits + i] = (byte)(i + 1);
        }

        Assert.That(_ram.Frame.Score, Is.EqualTo(1_234_560));
        Assert.That(GymInfo.Of(_ram.Frame).Score, Is.EqualTo(234_560));
    }

    [Test]
    public void A_byte_that_is_no_digit_is_written_out_as_it_is()
    {
        _ram.Bytes[RamMap.TimeDigits] = 36;
        _ram.Bytes[RamMap.TimeDigits + 1] = 5;
        _ram.Bytes[RamMap.TimeDigits + 2] = 101;
        Assert.That(GymInfo.Of(_ram.Frame).Time, Is.EqualTo(365_101));
    }

    [Test]
    public void Six_bytes_of_255_are_a_score_of_18_digits()
    {
        _ram.Bytes.AsSpan(RamMap.ScoreDigits, 7).Fill(255);
        Assert.That(GymInfo.Of(_ram.Frame).Score, Is.EqualTo(255_255_255_255_255_255));
    }

    [TestCase((byte)0, "small")]
    [TestCase((byte)1, "tall")]
    [TestCase((byte)2, "fireball")]
    [TestCase((byte)7, "fireball")]
    public void Status_has_three_words(byte power, string status)
    {
        _ram.Bytes[RamMap.PlayerPower] = power;
        Assert.That(GymInfo.Of(_ram.Frame).Status, Is.EqualTo(status));
    }

    [TestCase((byte)1, (byte)176, 79)]
    [TestCase((byte)0, (byte)240, 270)]
    [TestCase((byte)2, (byte)3, 252)]
    [TestCase((byte)255, (byte)3, 252, Description = "far above the screen is below it to gym")]
    public void Height_counts_up_and_on_above_the_screen(byte page, byte scanline, int y)
    {
        _ram.Bytes[RamMap.PlayerYHigh] = page;
        _ram.Bytes[RamMap.PlayerScreenY] = scanline;
        Assert.That(GymInfo.Of(_ram.Frame).YPos, Is.EqualTo(y));
    }

    [Test]
    public void Game_over_is_a_life_of_255()
    {
        _ram.Bytes[RamMap.Lives] = 255;
        Assert.That((GymInfo.Of(_ram.Frame).Life, _ram.Frame.GymIsGameOver), Is.EqualTo(((byte)255, true)));
    }
}
