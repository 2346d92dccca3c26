using MarioAgentTool.Learning;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>
/// Five cells in a row, N walkers. 0 steps left (into the wall: stays), 1 steps right; reaching the last cell pays 1 and ends.
/// <code>
///   cell       0      1      2      3      4
///   Q*(right)  γ³     γ²     γ      1      the end
///   Q*(left)   γ⁴     γ⁴     γ³     γ²
/// </code>
/// </summary>
internal sealed class Corridor(int walkers)
{
    public const int Cells = 5;

    public static readonly InputSpec Input = new() { FrameBytes = Cells, Scale = 1 };

    private readonly int[] _cells = new int[walkers];
    private readonly int[] _ages = new int[walkers];

    public int Episodes { get; private set; }

    /// <summary>Steps after which an episode is truncated; 0 for never.</summary>
    public int Limit { get; init; }

    public static byte[] Observation(int cell)
    {
        byte[] bytes = new byte[Cells];
        bytes[cell] = 1;
        return bytes;
    }

    public static float OptimalQ(int cell, int action, float gamma)
        => (float)Math.Pow(gamma, action == 1 ? 3 - cell : Math.Min(4, 5 - cell));

    public byte[] Observations() => [.. _cells.SelectMany(Observation)];

    /// <summary>Act, step, observe, so many times.</summary>
    public void Run(ILearner learner, int steps)
    {
        int[] actions = new int[walkers];
        for (int i = 0; i < steps; i++)
        {
            learner.Act(Observations(), actions);
            float[] rewards = new float[walkers];
            var ends = new StepEnd[walkers];
            for (int w = 0; w < walkers; w++)
            {
                _cells[w] = Math.Max(0, _cells[w] + (actions[w] == 1 ? 1 : -1));
                _ages[w]++;
                ends[w] = _cells[w] == Cells - 1 ? StepEnd.Terminal : _ages[w] == Limit ? StepEnd.Truncated : StepEnd.None;
                rewards[w] = ends[w] == StepEnd.Terminal ? 1 : 0;
            }

            byte[] next = Observations();
            for (int w = 0; w < walkers; w++)
            {
                if (ends[w] != StepEnd.None)
                {
                    _cells[w] = 0;
                    _ages[w] = 0;
                    Episodes++;
                }
            }

            learner.Observe(new StepBatch { Actions = actions, Rewards = rewards, Ends = ends, NextObservations = next, Observations = Observations() });
        }
    }

    /// <summary>Everybody back to the first cell, and nobody says so.</summary>
    public void Restart()
    {
        Array.Clear(_cells);
        Array.Clear(_ages);
    }

    /// <summary>The same walkers in the same cells.</summary>
    public Corridor Copy()
    {
        var copy = new Corridor(walkers) { Limit = Limit };
        _cells.CopyTo(copy._cells, 0);
        _ages.CopyTo(copy._ages, 0);
        return copy;
    }

    /// <summary>The learner's Q over the four cells that have a future.</summary>
    public static float[] Values(ILearner learner)
    {
        float[] values = new float[(Cells - 1) * 2];
        learner.QValues([.. Enumerable.Range(0, Cells - 1).SelectMany(Observation)], values);
        return values;
    }
}
