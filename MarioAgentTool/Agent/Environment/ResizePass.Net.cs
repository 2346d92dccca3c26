using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarioAgentTool.Environment;

// Two 16-bit numbers times two weights make one 32-bit sum (pmaddwd), so numbers are paired: neighbours across, rows above each
// other down. A weight of more than 15 bits is cut in two; the parts' sums meet again before the shift.
internal sealed partial class ResizePass
{
    private const int LowBits = 15, LowMask = (1 << LowBits) - 1;

    // Lanes of 16: new numbers computed at once, and words of two vectors to choose their old ones from.
    private const int Group = 16, Window = 64;

    // Pairs of weights, the second in the upper half: down [output][pair], across [group][pair][lane].
    private uint[] _downLow = [], _downHigh = [], _acrossLow = [], _acrossHigh = [];

    // Across: which two words of the window each lane takes, [group][pair][lane].
    private uint[] _choice = [];

    // Across without AVX-512: eight weights for each new number.
    private short[] _acrossEight = [], _acrossEightHigh = [];
    private bool _isWide, _fitsWindow;

    internal bool CanAcross256 => Avx2.IsSupported && _taps.Count <= 8;

    private int Pairs => (_taps.Count + 1) / 2;

    partial void PrepareNet()
    {
        _isWide = _taps.Weights.Any(w => w > short.MaxValue);
        int pairs = Pairs, groups = (Outputs + Group - 1) / Group;
        _downLow = new uint[Outputs * pairs];
        _downHigh = new uint[_downLow.Length];
        _acrossLow = new uint[groups * pairs * Group];
        _acrossHigh = new uint[_acrossLow.Length];
        _choice = new uint[_acrossLow.Length];
        _acrossEight = new short[Outputs * 8];
        _acrossEightHigh = new short[Outputs * 8];
        _fitsWindow = true;
        for (int output = 0; output < Outputs; output++)
        {
            int start = First(output / Group * Group);
            for (int k = 0; k < 8; k++)
            {
                _acrossEight[output * 8 + k] = (short)(Weight(output, k) & LowMask);
                _acrossEightHigh[output * 8 + k] = (short)(Weight(output, k) >> LowBits);
            }

            for (int pair = 0; pair < pairs; pair++)
            {
                int first = Weight(output, 2 * pair), second = Weight(output, 2 * pair + 1);
                int down = output * pairs + pair, across = (output / Group * pairs + pair) * Group + output % Group;
                _downLow[down] = _acrossLow[across] = Pair(first & LowMask, second & LowMask);
                _downHigh[down] = _acrossHigh[across] = Pair(first >> LowBits, second >> LowBits);
                int word = First(output) - start + 2 * pair;
                _fitsWindow &= word + 1 < Window;
                _choice[across] = Pair(word, word + 1);
            }
        }
    }

    partial void AcrossNet(ReadOnlySpan<short> row, Span<short> result, ref int done)
    {
        if (Avx512BW.IsSupported && _fitsWindow)
        {
            Across512(row, result);
            done = Outputs;
        }
        else if (CanAcross256)
        {
            Across256(row, result, ref done);
        }
    }

    partial void DownNet(ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result, ref int done)
    {
        if (Avx512BW.IsSupported)
        {
            Down512(rows, stride, mask, output, result);
            done = result.Length;
        }
        else if (Avx2.IsSupported)
        {
            Down256(rows, stride, mask, output, result);
            done = result.Length;
        }
    }

    /// <summary>16 new numbers at once, whose old ones lie within 64 words: each lane picks its pair out of two vectors.</summary>
    private void Across512(ReadOnlySpan<short> row, Span<short> result)
    {
        int pairs = Pairs, table = 0, shift = _shift, outputs = Outputs;
        bool isWide = _isWide;
        ref int first = ref MemoryMarshal.GetArrayDataReference(_taps.First);
        ref short old = ref MemoryMarshal.GetReference(row), made = ref MemoryMarshal.GetReference(result);
        ref uint choices = ref MemoryMarshal.GetArrayDataReference(_choice);
        ref uint lows = ref MemoryMarshal.GetArrayDataReference(_acrossLow), highs = ref MemoryMarshal.GetArrayDataReference(_acrossHigh);
        Vector512<int> rounding = Vector512.Create(_rounding), offset = Vector512.Create(_offset);
        for (int output = 0; output < outputs; output += Group)
        {
            nuint start = (nuint)Unsafe.Add(ref first, output);
            Vector512<short> left = Vector512.LoadUnsafe(ref old, start), right = Vector512.LoadUnsafe(ref old, start + Window / 2);
            Vector512<int> sum = rounding, highSum = Vector512<int>.Zero;
            for (int pair = 0; pair < pairs; pair++, table += Group)
            {
                var chosen = Avx512BW.PermuteVar32x16x2(left, Vector512.LoadUnsafe(ref choices, (nuint)table).AsInt16(), right);
                sum += Avx512BW.MultiplyAddAdjacent(chosen, Vector512.LoadUnsafe(ref lows, (nuint)table).AsInt16());
                if (isWide)
                {
                    highSum += Avx512BW.MultiplyAddAdjacent(chosen, Vector512.LoadUnsafe(ref highs, (nuint)table).AsInt16());
                }
            }

            if (isWide)
            {
                sum += highSum << LowBits;
            }

            sum = (sum >> shift) + offset;
            Avx512F.ConvertToVector256Int16(sum).StoreUnsafe(ref made, (nuint)output);
        }
    }

    /// <summary>Up to eight old numbers for each new one; four of their sums at a time are folded into one vector.</summary>
    internal void Across256(ReadOnlySpan<short> row, Span<short> result, ref int done)
    {
        Vector128<int> rounding = Vector128.Create(_rounding), offset = Vector128.Create(_offset);
        ref short old = ref MemoryMarshal.GetReference(row), made = ref MemoryMarshal.GetReference(result);
        ref short weight = ref MemoryMarshal.GetArrayDataReference(_acrossEight), high = ref MemoryMarshal.GetArrayDataReference(_acrossEightHigh);
        ref int first = ref MemoryMarshal.GetArrayDataReference(_taps.First);
        int outputs = Outputs, shift = _shift;
        bool isWide = _isWide;
        for (; done + 4 <= outputs; done += 4)
        {
            nuint at = (nuint)(done * 8);
            ref short a = ref Unsafe.Add(ref old, Unsafe.Add(ref first, done)), b = ref Unsafe.Add(ref old, Unsafe.Add(ref first, done + 1));
            ref short c = ref Unsafe.Add(ref old, Unsafe.Add(ref first, done + 2)), d = ref Unsafe.Add(ref old, Unsafe.Add(ref first, done + 3));
            var sum = rounding + FoldEight(ref a, ref b, ref c, ref d, ref Unsafe.Add(ref weight, at));
            if (isWide)
            {
                sum += FoldEight(ref a, ref b, ref c, ref d, ref Unsafe.Add(ref high, at)) << LowBits;
            }

            sum = (sum >> shift) + offset;
            Vector128.Narrow(sum, sum).GetLower().StoreUnsafe(ref made, (nuint)done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> FoldEight(ref short a, ref short b, ref short c, ref short d, ref short weight)
    {
        var ab = Ssse3.HorizontalAdd(
            Sse2.MultiplyAddAdjacent(Vector128.LoadUnsafe(ref a), Vector128.LoadUnsafe(ref weight)),
            Sse2.MultiplyAddAdjacent(Vector128.LoadUnsafe(ref b), Vector128.LoadUnsafe(ref weight, 8)));
        var cd = Ssse3.HorizontalAdd(
            Sse2.MultiplyAddAdjacent(Vector128.LoadUnsafe(ref c), Vector128.LoadUnsafe(ref weight, 16)),
            Sse2.MultiplyAddAdjacent(Vector128.LoadUnsafe(ref d), Vector128.LoadUnsafe(ref weight, 24)));
        return Ssse3.HorizontalAdd(ab, cd);
    }

    private void Down512(ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result)
    {
        int pairs = Pairs, first = First(output), shift = _shift, length = result.Length;
        bool isWide = _isWide;
        Span<nuint> starts = stackalloc nuint[2 * pairs];
        for (int k = 0; k < starts.Length; k++)
        {
            starts[k] = (nuint)(((first + k) & mask) * stride);
        }

        ref nuint start = ref MemoryMarshal.GetReference(starts);
        ref uint lows = ref _downLow[output * pairs], highs = ref _downHigh[output * pairs];
        ref short old = ref MemoryMarshal.GetReference(rows), made = ref MemoryMarshal.GetReference(result);
        Vector512<int> rounding = Vector512.Create(_rounding), offset = Vector512.Create(_offset);
        for (int x = 0; x < length; x += Vector512<short>.Count)
        {
            Vector512<int> left = rounding, right = rounding, leftHigh = Vector512<int>.Zero, rightHigh = leftHigh;
            for (int pair = 0; pair < pairs; pair++)
            {
                var upper = Vector512.LoadUnsafe(ref old, Unsafe.Add(ref start, 2 * pair) + (nuint)x);
                var lower = Vector512.LoadUnsafe(ref old, Unsafe.Add(ref start, 2 * pair + 1) + (nuint)x);
                Vector512<short> a = Avx512BW.UnpackLow(upper, lower), b = Avx512BW.UnpackHigh(upper, lower);
                var low = Vector512.Create(Unsafe.Add(ref lows, pair)).AsInt16();
                left += Avx512BW.MultiplyAddAdjacent(a, low);
                right += Avx512BW.MultiplyAddAdjacent(b, low);
                if (isWide)
                {
                    var high = Vector512.Create(Unsafe.Add(ref highs, pair)).AsInt16();
                    leftHigh += Avx512BW.MultiplyAddAdjacent(a, high);
                    rightHigh += Avx512BW.MultiplyAddAdjacent(b, high);
                }
            }

            if (isWide)
            {
                left += leftHigh << LowBits;
                right += rightHigh << LowBits;
            }

            // Packing undoes what unpacking did to the order.
            Avx512BW.PackSignedSaturate((left >> shift) + offset, (right >> shift) + offset).StoreUnsafe(ref made, (nuint)x);
        }
    }

    internal void Down256(ReadOnlySpan<short> rows, int stride, int mask, int output, Span<short> result)
    {
        int pairs = Pairs, first = First(output), shift = _shift, length = result.Length;
        bool isWide = _isWide;
        Span<nuint> starts = stackalloc nuint[2 * pairs];
        for (int k = 0; k < starts.Length; k++)
        {
            starts[k] = (nuint)(((first + k) & mask) * stride);
        }

        ref nuint start = ref MemoryMarshal.GetReference(starts);
        ref uint lows = ref _downLow[output * pairs], highs = ref _downHigh[output * pairs];
        ref short old = ref MemoryMarshal.GetReference(rows), made = ref MemoryMarshal.GetReference(result);
        Vector256<int> rounding = Vector256.Create(_rounding), offset = Vector256.Create(_offset);
        for (int x = 0; x < length; x += Vector256<short>.Count)
        {
            Vector256<int> left = rounding, right = rounding, leftHigh = Vector256<int>.Zero, rightHigh = leftHigh;
            for (int pair = 0; pair < pairs; pair++)
            {
                var upper = Vector256.LoadUnsafe(ref old, Unsafe.Add(ref start, 2 * pair) + (nuint)x);
                var lower = Vector256.LoadUnsafe(ref old, Unsafe.Add(ref start, 2 * pair + 1) + (nuint)x);
                Vector256<short> a = Avx2.UnpackLow(upper, lower), b = Avx2.UnpackHigh(upper, lower);
                var low = Vector256.Create(Unsafe.Add(ref lows, pair)).AsInt16();
                left += Avx2.MultiplyAddAdjacent(a, low);
                right += Avx2.MultiplyAddAdjacent(b, low);
                if (isWide)
                {
                    var high = Vector256.Create(Unsafe.Add(ref highs, pair)).AsInt16();
                    leftHigh += Avx2.MultiplyAddAdjacent(a, high);
                    rightHigh += Avx2.MultiplyAddAdjacent(b, high);
                }
            }

            if (isWide)
            {
                left += leftHigh << LowBits;
                right += rightHigh << LowBits;
            }

            Avx2.PackSignedSaturate((left >> shift) + offset, (right >> shift) + offset).StoreUnsafe(ref made, (nuint)x);
        }
    }

    private int Weight(int output, int k) => k < _taps.Count ? _taps.Weights[output * _taps.Count + k] : 0;

    private static uint Pair(int first, int second) => (uint)(first & 0xFFFF | second << 16);
}
