using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class WeightAverageTests
{
    [Test]
    public void The_mean_reaches_back_as_far_as_it_is_told()
    {
        WeightAverage average = new(10 * WeightAverage.Period, share: 0);
        float[] weights = [0];
        Add(average, weights, 0, 1_000, at: 0);

        // A tenth of the way a time.
        Assert.That(Mean(Add(average, weights, 1, 10, at: 0), weights), Is.EqualTo(1 - Math.Pow(0.9, 10)).Within(1e-3));
    }

    [Test]
    public void In_a_long_run_it_reaches_back_further()
    {
        WeightAverage average = new(10 * WeightAverage.Period, share: 0.1f);
        float[] weights = [0];
        Add(average, weights, 0, 1_000, at: 0);

        // At a thousand periods, a hundredth.
        Assert.That(Mean(Add(average, weights, 1, 10, at: 1_000 * WeightAverage.Period), weights), Is.EqualTo(1 - Math.Pow(0.99, 10)).Within(1e-3));
    }

    private static WeightAverage Add(WeightAverage average, float[] weights, float value, int times, long at)
    {
        weights[0] = value;
        for (int i = 0; i < times; i++)
        {
            average.Add([Tensor(weights)], at);
        }

        return average;
    }

    private static float Mean(WeightAverage average, float[] weights)
    {
        average.Swap([Tensor(weights)]);
        return weights[0];
    }

    private static NamedTensor Tensor(float[] values) => new("w", [values.Length], values);
}
