using MarioAgentTool.Metrics;

namespace MarioAgentTool.Tests.Agent.Metrics;

/// <summary>The expected texts are what Python 3.11 prints.</summary>
public class PythonNumbersTests
{
    [TestCase(0.0625, 3, "0.062")]
    [TestCase(0.1875, 3, "0.188")]
    [TestCase(2.5, 0, "2")]
    [TestCase(-0.0004, 3, "-0.000")]
    [TestCase(1e22, 1, "10000000000000000000000.0")]
    [TestCase(0.1, 20, "0.10000000000000000555")]
    [TestCase(5e-324, 3, "0.000")]
    [TestCase(double.NaN, 3, "nan")]
    [TestCase(double.NegativeInfinity, 3, "-inf")]
    public void Fixed_digits_are_of_the_exact_value_and_ties_go_to_even(double value, int decimals, string text) =>
        Assert.That(PythonNumbers.Fixed(value, decimals), Is.EqualTo(text));

    [TestCase(618.0, "618.0")]
    [TestCase(0.0, "0.0")]
    [TestCase(-0.0, "-0.0")]
    [TestCase(0.9999735003478056, "0.9999735003478056")]
    [TestCase(0.0001, "0.0001")]
    [TestCase(0.00001, "1e-05")]
    [TestCase(-1.25e-7, "-1.25e-07")]
    [TestCase(1e15, "1000000000000000.0")]
    [TestCase(1e16, "1e+16")]
    [TestCase(1.5e300, "1.5e+300")]
    [TestCase(123456.789, "123456.789")]
    [TestCase(double.PositiveInfinity, "inf")]
    public void A_float_is_written_as_str_writes_it(double value, string text) => Assert.That(PythonNumbers.Text(value), Is.EqualTo(text));

    [TestCase(2.0005, 3, 2.001)]
    [TestCase(0.0625, 3, 0.062)]
    [TestCase(0.0005, 3, 0.0)]
    [TestCase(-1.0015, 3, -1.002)]
    public void Rounding_is_numpys(double value, int decimals, double rounded) => Assert.That(PythonNumbers.Round(value, decimals), Is.EqualTo(rounded));
}
