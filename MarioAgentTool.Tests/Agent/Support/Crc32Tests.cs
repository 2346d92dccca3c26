using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Support;

public class Crc32Tests
{
    [Test]
    public void The_check_value_is_the_catalogues_whole_or_in_two_stretches()
    {
        Assert.That(Crc32.Of("123456789"u8), Is.EqualTo(0xCBF43926));
        Assert.That(Crc32.Of("1234"u8, "56789"u8), Is.EqualTo(0xCBF43926));
        Assert.That(Crc32.OfCastagnoli("123456789"u8), Is.EqualTo(0xE3069283));
    }
}
