using MarioAgentTool.Learning;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>
/// Cliff walking (Sutton and Barto, example 6.6), three rows of five, N walkers from S, one step −0.1, the fall −1 and the end, G 1
/// and the end. Right along the edge is the shortest way: up, four times right, down.
/// <code>
///   . . . . .
///   . . . . .
///   S c c c G
/// </code>
/// </summary>
internal sealed class Cliff(int walkers)
{
    public const int Columns = 5, Rows = 3, Shortest = 6, Actions = 4;

    public static readonly InputSpec Input = new() { FrameBytes = Columns * Rows, Scale = 1 };

    private const int Start = Columns * (Rows - 1), Limit = 40;

    private readonly int[] _cells = [.. Enumerable.Repeat(Start, walkers)], _ages = new int[walkers];

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
                (_cells[w], rewards[w], ends[w]) = Step(_cells[w], actions[w]);
                ends[w] = ends[w] == StepEnd.None && ++_ages[w] == Limit ? StepEnd.Truncated : ends[w];
            }

            byte[] next = Observations();
            for (int w = 0; w < walkers; w++)
            {
                if (ends[w] != StepEnd.None)
                {
                    (_cells[w], _ages[w]) = (Start, 0);
                }
            }

            learner.Observe(new StepBatch { Actions = actions, Rewards = rewards, Ends = ends, NextObservations = next, Observations = Observations() });
        }
    }

    /// <summary>Steps that the network's best actions take from S to G; null where they do not lead there.</summary>
    public static int? GreedySteps(ILearner learner)
    {
        int cell = Start;
        float[] values = new float[Actions];
        for (int step = 1; step <= Limit; step++)
        {
            learner.QValues(Observation(cell), values);
            (cell, float reward, StepEnd end) = Step(cell, Greedy.ArgMax(values));
            if (end == StepEnd.Terminal)
            {
                return reward > 0 ? step : null;
            }
        }

        return null;
    }

    private static (int Cell, float Reward, StepEnd End) Step(int cell, int action)
    {
        (int row, int column) = (cell / Columns, cell % Columns);
        (row, column) = action switch
        {
            0 => (Math.Max(row - 1, 0), column),
            1 => (row, Math.Min(column + 1, Columns - 1)),
            2 => (Math.Min(row + 1, Rows - 1), column),
            _ => (row, Math.Max(column - 1, 0)),
        };
        int next = row * Columns + column;
        return row < Rows - 1 || column == 0 ? (next, -0.1f, StepEnd.None) : (next, column == Columns - 1 ? 1 : -1, StepEnd.Terminal);
    }

    private static byte[] Observation(int cell)
    {
        byte[] bytes = new byte[Columns * Rows];
        bytes[cell] = 1;
        return bytes;
    }

    private byte[] Observations() => [.. _cells.SelectMany(Observation)];
}
