using System.Globalization;
using System.Numerics;

namespace MarioAgentTool.Metrics;

/// <summary>Numbers as Python and numpy round, add and write them, so that a log equals the notebook's to the last digit.</summary>
internal static class PythonNumbers
{
    /// <summary>numpy.mean: the sum of <see cref="Sum"/> by the count.</summary>
    public static double Mean(ReadOnlySpan<double> values) => Sum(values) / values.Length;

    /// <summary>numpy.round: scaled, rounded half to even, scaled back.</summary>
    public static double Round(double value, int decimals)
    {
        double scale = Math.Pow(10, decimals);
        return Math.Round(value * scale, MidpointRounding.ToEven) / scale;
    }

    /// <summary>
    /// numpy's sum: up to 128 numbers in eight interleaved sums that are added pairwise at the end, more in halves.
    /// </summary>
    public static double Sum(ReadOnlySpan<double> values)
    {
        if (values.Length > 128)
        {
            int half = values.Length / 2;
            half -= half % 8;
            return Sum(values.Slice(0, half)) + Sum(values.Slice(half));
        }

        double sum = 0;
        int at = 0;
        if (values.Length >= 8)
        {
            Span<double> r = stackalloc double[8];
            for (; at + 8 <= values.Length; at += 8)
            {
                for (int i = 0; i < 8; i++)
                {
                    r[i] += values[at + i];
                }
            }

            sum = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
        }

        for (; at < values.Length; at++)
        {
            sum += values[at];
        }

        return sum;
    }

    /// <summary>Python's <c>%.nf</c>: the exact value of the double, rounded half to even.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return NotFinite(value);
        }

        // value = mantissa × 2^exponent
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | 1L << 52, exponent - 1075);
        BigInteger scaled = mantissa * BigInteger.Pow(10, decimals);
        if (exponent >= 0)
        {
            scaled <<= exponent;
        }
        else
        {
            BigInteger unit = BigInteger.One << -exponent;
            BigInteger whole = BigInteger.DivRem(scaled, unit, out BigInteger rest);
            int half = (rest * 2).CompareTo(unit);
            scaled = whole + (half > 0 || (half == 0 && !whole.IsEven) ? 1 : 0);
        }

        string digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string text = decimals == 0 ? digits : $"{digits.Substring(0, digits.Length - decimals)}.{digits.Substring(digits.Length - decimals)}";
        return bits < 0 ? "-" + text : text;
    }

    /// <summary>Python's <c>str</c> of a float: the fewest digits that tell it from its neighbours, with an exponent from 1e16 on and below 1e-4.</summary>
    public static string Text(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return NotFinite(value);
        }

        if (value == 0)
        {
            return BitConverter.DoubleToInt64Bits(value) < 0 ? "-0.0" : "0.0";
        }

        string shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E');
        int exponent = e < 0 ? 0 : int.Parse(shortest.Substring(e + 1), CultureInfo.InvariantCulture);
        string plain = e < 0 ? shortest : shortest.Substring(0, e);
        int point = plain.IndexOf('.');
        string digits = plain.Replace(".", "");
        exponent += (point < 0 ? plain.Length : point) - 1;

        // digits are d.ddd × 10^exponent once leading zeros are gone.
        int zeros = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Substring(zeros).TrimEnd('0');
        exponent -= zeros;
        string text = exponent switch
        {
            < -4 or >= 16 => $"{digits[0]}{(digits.Length > 1 ? "." + digits.Substring(1) : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}",
            < 0 => "0." + new string('0', -exponent - 1) + digits,
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0') + ".0",
            _ => digits.Insert(exponent + 1, "."),
        };
        return value < 0 ? "-" + text : text;
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
