using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class WeightsFileTests
{
    [Test]
    public void Weights_and_their_texts_are_read_back()
    {
        using var folder = new TemporaryFolder();
        WeightsFile.Write(folder["w"], [new("a.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }), new("a.bias", [2], new[] { -1f, 0.5f })], new Dictionary<string, string> { ["steps"] = "64" });
        NamedTensor[] read = [new("a.bias", [2], new float[2]), new("a.weight", [2, 3], new float[6])];

        IReadOnlyDictionary<string, string> texts = WeightsFile.ReadInto(folder["w"], read);

        Assert.That(read[1].Values.ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4, 5, 6 }));
        Assert.That(read[0].Values.ToArray(), Is.EqualTo(new[] { -1f, 0.5f }), "by name, whatever the order");
        Assert.That(texts["steps"], Is.EqualTo("64"));
    }

    [Test]
    public void The_layout_is_that_of_safetensors()
    {
        using var folder = new TemporaryFolder();
        WeightsFile.Write(folder["w"], [new("b", [1], new[] { 1f })], new Dictionary<string, string>());

        byte[] file = File.ReadAllBytes(folder["w"]);

        int header = (int)BitConverter.ToInt64(file);
        Assert.That(header % 8, Is.Zero, "the data is aligned");
        Assert.That(System.Text.Encoding.UTF8.GetString(file, 8, header).TrimEnd(), Is.EqualTo("""{"__metadata__":{},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"""));
        Assert.That(BitConverter.ToSingle(file, 8 + header), Is.EqualTo(1f));
        Assert.That(file, Has.Length.EqualTo(8 + header + 4));
    }

    [Test]
    public void Another_networks_weights_are_refused_with_both_shapes()
    {
        using var folder = new TemporaryFolder();
        WeightsFile.Write(folder["w"], [new("a", [2], new float[2])], new Dictionary<string, string>());

        Assert.That(() => WeightsFile.ReadInto(folder["w"], [new("a", [3], new float[3])]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("[2]").And.Message.Contains("[3]"));
        Assert.That(() => WeightsFile.ReadInto(folder["w"], [new("z", [2], new float[2])]), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no tensor z"));
    }

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127, 0 })]
    [TestCase(new byte[] { 4, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4 })]
    public void A_file_of_another_kind_is_refused(byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["w"], bytes);

        Assert.That(() => WeightsFile.ReadInto(folder["w"], []), Throws.TypeOf<InvalidDataException>().With.Message.Contains("neither a PyTorch file nor a safetensors file"));
    }
}
