using System.Text;
using MarioAgentTool.Learning;

namespace MarioAgentTool.Tests.Golden;

/// <summary>The formulas of golden_learning.py: weights, pictures, rewards and episodes that both sides compute alike.</summary>
internal static class NotebookScript
{
    public static readonly string[] PlainNames =
    [
        "features.0.weight", "features.0.bias", "features.2.weight", "features.2.bias", "features.4.weight", "features.4.bias",
        "features.7.weight", "features.7.bias", "head.weight", "head.bias",
    ];

    /// <summary>32 bits to 32 bits, well shaken (after Wellons, https://nullprogram.com/blog/2018/07/31/).</summary>
    public static uint Mix(long from)
    {
        uint x = (uint)from;
        x = (x ^ (x >> 16)) * 0x7FEB352D;
        x = (x ^ (x >> 15)) * 0x846CA68B;
        return x ^ (x >> 16);
    }

    /// <summary>The <paramref name="index"/>-th number of a stream, in [0, 1), of 24 bits.</summary>
    public static double Unit(long stream, long index) => (Mix(index + Mix(stream)) >> 8) / (double)(1 << 24);

    public static uint StreamOf(string name, int seed)
    {
        uint hash = 0x811C9DC5;
        foreach (byte c in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash ^ c) * 0x01000193;
        }

        return hash + (uint)(7919 * seed);
    }

    // Of each layer with a ReLU behind it: how far biases hold that from zero in the firm script.
    private static readonly (string Layer, double Room)[] Rooms =
    [
        ("features.0.", 0.5), ("features.2.", 1), ("features.4.", 2), ("features.7.", 24), ("bn", 1), ("val_fc1", 12), ("adv_fc1", 12),
    ];

    /// <summary>Writes the scripted weights of network <paramref name="seed"/> into live tensors.</summary>
    /// <param name="tensors">A network's.</param>
    /// <param name="seed">Which network.</param>
    /// <param name="firm">Whether biases hold every ReLU open or shut; otherwise weights are spread as PyTorch draws them.</param>
    /// <param name="unit">What firm rooms are multiplied by.</param>
    public static void SetWeights(IReadOnlyList<NamedTensor> tensors, int seed, bool firm, double unit)
    {
        foreach (NamedTensor tensor in tensors.Where(t => !t.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            // A bias has its weight's fan-in.
            NamedTensor weight = tensors.First(t => t.Name == tensor.Name.Replace(".bias", ".weight", StringComparison.Ordinal));
            double root = Math.Sqrt(weight.Shape.Skip(1).Aggregate(1, (product, size) => product * size));
            double room = unit * Rooms.FirstOrDefault(r => tensor.Name.StartsWith(r.Layer, StringComparison.Ordinal)).Room;
            string kind = tensor.Name.Substring(tensor.Name.LastIndexOf('.') + 1);
            bool norm = tensor.Name.StartsWith("bn", StringComparison.Ordinal);
            uint stream = StreamOf(tensor.Name, seed);
            Span<float> values = tensor.Values.Span;
            for (int i = 0; i < values.Length; i++)
            {
                double spread = 2 * Unit(stream, i) - 1, side = (i % 8 == 0 ? 1 : -1) * (1 + spread / 8);
                values[i] = (float)((norm, kind) switch
                {
                    (true, "running_mean") => spread / 4,
                    (true, "running_var") => 1 + spread / 4,
                    (true, "weight") => firm ? (1 + spread / 4) / 4 : 1 + spread / 4,
                    (true, _) => firm ? room * side : spread / 4,
                    (_, "bias") when firm && room > 0 => room * side,
                    _ => firm ? spread / root / 4 : spread / root,
                });
            }
        }
    }

    /// <summary>
    /// count × 4 × size × size bytes. 256 greys: blocks of eight pixels in eight greys, with noise on them. Fewer: blocks of twelve
    /// pixels in so many greys from black, four pictures by turns.
    /// </summary>
    public static void Pictures(long first, int count, int size, int greys, Span<byte> to)
    {
        int length = 4 * size * size;
        for (int i = 0; i < count; i++)
        {
            Span<byte> picture = to.Slice(i * length, length);
            long j = first + i;
            if (i >= 4 && greys < 256)
            {
                to.Slice(i % 4 * length, length).CopyTo(picture);
                continue;
            }

            for (int at = 0; at < length; at++)
            {
                int frame = at / (size * size), y = at / size % size, x = at % size;
                picture[at] = (byte)(greys < 256
                    ? Mix(j * 65_537 + frame * 4_096 + y / 12 * 64 + x / 12) & (uint)(greys - 1)
                    : Mix(j * 65_537 + frame * 4_096 + y / 8 * 64 + x / 8) & 0xE0 | Mix(((j * 4 + frame) * size + y) * size + x + 12_345) & 0x1F);
            }
        }
    }

    /// <summary>The batch of the update numbered <paramref name="step"/>.</summary>
    public static void Fill(ReplayBatch batch, int step, int actions, int pixels, double low, double high, int greys)
    {
        long seed = 10 * step;
        Pictures(1_000 * step, batch.Size, pixels, greys, batch.States.Overwrite());
        Pictures(1_000 * step + 500, batch.Size, pixels, greys, batch.NextStates.Overwrite());
        for (int i = 0; i < batch.Size; i++)
        {
            batch.Actions[i] = (int)Math.Floor(Unit(seed, i) * actions);
            batch.Returns[i] = (float)(low + (high - low) * Unit(seed + 1, i));
            batch.Discounts[i] = Unit(seed + 2, i) < 0.1 ? 0 : 1;
        }
    }

    /// <summary>Of a scripted run: position after the step, and whether the episode ends. Later episodes come further; each turns back.</summary>
    public static (int X, bool Ends) Episode(int number, int step)
    {
        int length = 30 + (int)(Mix(number) % 60), speed = 1 + (int)(Mix(number + 7_777) % (1 + (uint)Math.Min(number / 40, 60)));
        int turn = 2 * length / 3;
        return (40 + speed * (step <= turn ? step : 2 * turn - step), step == length);
    }
}
