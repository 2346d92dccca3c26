using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class PatchesTests
{
    [Test]
    public void Patches_are_cut_row_by_row_and_planes_follow_each_other()
    {
        // Two planes of 3 × 3, kernel 2, stride 1:
        //   0 1 2    10 11 12
        //   3 4 5    13 14 15
        //   6 7 8    16 17 18
        var patches = new Patches(2, 1, 3, 3, 2, 1);
        float[] rows = new float[patches.Count * patches.Length];
        patches.Gather([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18], rows);
        Assert.That(rows, Is.EqualTo(new float[]
        {
            0, 1, 3, 4, 10, 11, 13, 14,
            1, 2, 4, 5, 11, 12, 14, 15,
            3, 4, 6, 7, 13, 14, 16, 17,
            4, 5, 7, 8, 14, 15, 17, 18,
        }));
    }

    [TestCase(4, 1)]
    [TestCase(1, 4)]
    [TestCase(1, 12)]
    public void Scattering_is_the_transpose_of_gathering(int planes, int depth)
    {
        // ⟨gather(x), r⟩ = ⟨x, scatter(r)⟩ for any x and r.
        var patches = new Patches(planes, depth, 9, 7, 3, 2);
        var random = new RandomStream(1);
        float[] image = [.. Enumerable.Range(0, patches.ImageLength).Select(_ => random.NextSingle())];
        float[] rows = [.. Enumerable.Range(0, patches.Count * patches.Length).Select(_ => random.NextSingle())];
        float[] gathered = new float[rows.Length];
        float[] scattered = new float[image.Length];
        patches.Gather(image, gathered);
        patches.Scatter(rows, scattered);
        Assert.That(
            gathered.Zip(rows, (a, b) => (double)a * b).Sum(),
            Is.EqualTo(image.Zip(scattered, (a, b) => (double)a * b).Sum()).Within(1e-3));
    }
}
