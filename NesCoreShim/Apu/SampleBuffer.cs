namespace NesCoreShim;

/// <summary>
/// Turns steps of the mixer's output, each at its own CPU cycle, into samples at a much lower rate. Every step is
/// entered as a band-limited one, so nothing above half the rate folds back into what is heard.
/// Idea: Brandt, Hard Sync Without Aliasing (2001); Blargg's Blip_Buffer.
/// </summary>
internal sealed class SampleBuffer
{
    private const int Taps = 32;
    private const int Phases = 512;
    private const int Chunk = 1024;

    // Of the rate. With this many taps the filter falls from here to -80 dB within what is left below one half.
    private const double Cutoff = 0.42;
    private const double KaiserBeta = 8;

    private static readonly double[] Kernel = MakeKernel();

    private readonly double[] _steps = new double[Chunk + Taps + 1];
    private readonly short[] _samples;
    private readonly double _samplesPerCycle;
    private readonly double _highPass90, _highPass440, _lowPass14k;

    // The sample position of a cycle, counted from the start of _steps.
    private long _baseCycle;
    private double _basePosition;

    private double _entered, _level;
    private double _high90, _high440, _last90, _last440, _low;
    private int _first, _count;

    public SampleBuffer(int rate, double cyclesPerSecond)
    {
        _samplesPerCycle = rate / cyclesPerSecond;
        _samples = new short[rate / 4 + Chunk];

        // The console's output: "a first-order high-pass filter at 90 Hz, another at 440 Hz, a first-order low-pass filter at 14 kHz".
        _highPass90 = Math.Exp(-2 * Math.PI * 90 / rate);
        _highPass440 = Math.Exp(-2 * Math.PI * 440 / rate);
        _lowPass14k = 1 - Math.Exp(-2 * Math.PI * 14_000 / rate);
    }

    /// <summary>Samples that wait to be taken.</summary>
    public int Count => _count;

    /// <summary>Time jumps: power, or a state was loaded. The sound goes on.</summary>
    public void Jump(long from, long to)
    {
        Finish(from);
        _basePosition = PositionOf(from);
        _baseCycle = to;
    }

    /// <summary>The mixer's output from this cycle on; cycles come in order.</summary>
    public void Set(long cycle, double output)
    {
        double delta = output - _entered;
        if (delta == 0)
        {
            return;
        }

        Finish(cycle);
        _entered = output;
        double position = PositionOf(cycle);
        int sample = (int)position;
        int phase = (int)((position - sample) * Phases) * Taps;
        Span<double> steps = _steps.AsSpan(sample, Taps);
        ReadOnlySpan<double> kernel = Kernel.AsSpan(phase, Taps);
        for (int i = 0; i < Taps; i++)
        {
            steps[i] += delta * kernel[i];
        }
    }

    /// <summary>Samples wholly before this cycle are made, if <see cref="Set"/> needs their room or a frame ends.</summary>
    public void Finish(long cycle, bool all = false)
    {
        double position = PositionOf(cycle);
        while (position >= Chunk)
        {
            Emit(Chunk);
            position -= Chunk;
        }

        if (all && position >= 1)
        {
            Emit((int)position);
        }
    }

    public int Take(Span<short> target)
    {
        int taken = Math.Min(target.Length, _count);
        int untilWrap = Math.Min(taken, _samples.Length - _first);
        _samples.AsSpan(_first, untilWrap).CopyTo(target);
        _samples.AsSpan(0, taken - untilWrap).CopyTo(target.Slice(untilWrap));
        _first = (_first + taken) % _samples.Length;
        _count -= taken;
        return taken;
    }

    private double PositionOf(long cycle) => _basePosition + (cycle - _baseCycle) * _samplesPerCycle;

    private void Emit(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _level += _steps[i];
            Push(Filter(_level));
        }

        _steps.AsSpan(count).CopyTo(_steps);
        _steps.AsSpan(_steps.Length - count).Clear();
        _basePosition -= count;
    }

    private double Filter(double input)
    {
        _high90 = _highPass90 * (_high90 + input - _last90);
        _last90 = input;
        _high440 = _highPass440 * (_high440 + _high90 - _last440);
        _last440 = _high90;
        _low += _lowPass14k * (_high440 - _low);
        return _low;
    }

    private void Push(double value)
    {
        if (_count == _samples.Length)
        {
            // Nobody takes them: the oldest give way.
            _first = (_first + 1) % _samples.Length;
            _count--;
        }

        _samples[(_first + _count) % _samples.Length] = (short)Math.Round(Math.Min(Math.Max(value, -1), 1) * short.MaxValue);
        _count++;
    }

    /// <summary>A windowed sinc for each fraction of a sample; each sums to 1, so that a step ends where it should.</summary>
    private static double[] MakeKernel()
    {
        var kernel = new double[Phases * Taps];
        for (int phase = 0; phase < Phases; phase++)
        {
            double sum = 0;
            for (int i = 0; i < Taps; i++)
            {
                double x = i - (Taps / 2 - 1) - (phase + 0.5) / Phases;
                double angle = 2 * Math.PI * Cutoff * x;
                double sinc = Math.Abs(angle) < 1e-9 ? 1 : Math.Sin(angle) / angle;
                double edge = x / (Taps / 2);
                double window = Bessel(KaiserBeta * Math.Sqrt(Math.Max(0, 1 - edge * edge)));
                sum += kernel[phase * Taps + i] = sinc * window;
            }

            for (int i = 0; i < Taps; i++)
            {
                kernel[phase * Taps + i] /= sum;
            }
        }

        return kernel;
    }

    /// <summary>The modified Bessel function I0, by its series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (int k = 1; k < 40; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
