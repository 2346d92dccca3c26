using System.Text;
using MarioAgentTool.Learning.Weights;

namespace MarioAgentTool.Tests.Agent.Learning.Weights;

public class SafetensorsFileTests
{
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 8, "another length than its shape")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "leave gaps")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "overlap")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "longer than its tensors")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "outside the file")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "not a whole number from 0")]
    [TestCase("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8, "not a whole number from 0")]
    [TestCase("""{"a":{"dtype":"F32","shape":[65536,65536,65536,65536,65536],"data_offsets":[0,8]}}""", 8, "too large")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "too large")]
    [TestCase("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "type F8_E4M3")]
    [TestCase("""{"a":{"shape":[8],"data_offsets":[0,8]}}""", 8, "type (none)")]
    [TestCase("""{"a":7}""", 0, "no table for a")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "not a JSON object with every name once")]
    [TestCase("""{"__metadata__":{"a":7}}""", 0, "metadata that is not text")]
    [TestCase("""{"a":""", 0, "not a JSON object")]
    public void A_header_is_held_against_the_file(string header, int dataLength, string? reason)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), file = [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[dataLength]];

        Assert.That(SafetensorsFile.Matches(file));
        if (reason is null)
        {
            Assert.That(SafetensorsFile.Read(file).Tensors.Single().Shape, Is.EqualTo(new[] { 2 }));
        }
        else
        {
            Assert.That(() => SafetensorsFile.Read(file), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason));
        }
    }
}
