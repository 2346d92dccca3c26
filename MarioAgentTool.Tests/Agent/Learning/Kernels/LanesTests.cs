using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class LanesTests
{
    [Test]
    public void Both_ways_of_transposing_put_every_number_in_its_place(
        [Values(1, 15, 16, 41)] int rows, [Values(1, 8, 21)] int columns, [Values] bool portable)
    {
        float[] from = [.. Enumerable.Range(0, rows * columns).Select(i => (float)i)], to = new float[rows * columns];
        int middle = rows / 3;
        Lanes.Transpose(portable, from, rows, columns, to, 0, middle);
        Lanes.Transpose(portable, from, rows, columns, to, middle, rows);
        Assert.That(to, Is.EqualTo(Enumerable.Range(0, rows * columns).Select(i => (float)(i % rows * columns + i / rows))));
    }

    [Test]
    public unsafe void A_matrix_within_a_larger_one_is_transposed_and_its_neighbours_stay([Values(1, 7, 8, 16, 25)] int rows, [Values(1, 8, 21)] int columns)
    {
        const int FromStride = 30, ToStride = 40;
        float[] from = [.. Enumerable.Range(0, rows * FromStride).Select(i => (float)i)], to = [.. Enumerable.Repeat(-1f, columns * ToStride)];
        fixed (float* f = from, t = to)
        {
            Lanes.TransposeStrided(f, FromStride, rows, columns, t, ToStride);
        }

        Assert.That(to, Is.EqualTo(Enumerable.Range(0, to.Length).Select(i => i % ToStride < rows ? (float)(i % ToStride * FromStride + i / ToStride) : -1)));
    }

    [Test]
    public void Planes_come_to_lie_side_by_side([Values(1, 3, 4)] int planes, [Values(5, 16, 100)] int length, [Values] bool portable)
    {
        byte[] from = [.. Enumerable.Range(0, planes * length).Select(i => (byte)(i * 7))], to = new byte[planes * length];
        Lanes.Interleave(portable, from, planes, to);
        Assert.That(to, Is.EqualTo(Enumerable.Range(0, to.Length).Select(i => from[i % planes * length + i / planes])));
    }

    [Test]
    public void Exponentials_are_exact_to_two_places_of_the_last_digit_and_alike_in_lanes_and_tail()
    {
        float[] from = [.. Enumerable.Range(0, 4_000).Select(i => 3 - i * 0.021f)], to = new float[4_000], one = new float[1];
        Lanes.Exp(from, 3, to);
        for (int i = 0; i < from.Length; i++)
        {
            double exact = Math.Exp(from[i] - 3f);
            Assert.That(to[i], Is.EqualTo(exact).Within(exact * 2.4e-7), $"e^{from[i] - 3}");
            Lanes.Exp(from.AsSpan(i, 1), 3, one);
            Assert.That(one[0], Is.EqualTo(to[i]), "a tail of one");
        }

        Lanes.Exp([-1e9f, float.NegativeInfinity], 0, one = new float[2]);
        Assert.That(one, Has.All.InRange(0f, 2e-38f));
    }

    [Test]
    public void Bytes_are_read_signed_or_not_and_scaled([Values] bool signed, [Values(3, 64, 77)] int count)
    {
        byte[] bytes = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 37))];
        float[] to = new float[count];
        Lanes.FromBytes(bytes, signed, 0.25f, to);
        Assert.That(to, Is.EqualTo(bytes.Select(b => (signed ? (sbyte)b : b) * 0.25f)));
    }

    [Test]
    public void A_gradient_passes_where_the_output_was_positive()
    {
        float[] output = [.. Enumerable.Range(0, 19).Select(i => i % 3 - 1f)];
        float[] gradient = [.. Enumerable.Repeat(2f, 19)];
        Lanes.MaskByPositive(gradient, output);
        Assert.That(gradient, Is.EqualTo(output.Select(y => y > 0 ? 2f : 0)));
    }
}
