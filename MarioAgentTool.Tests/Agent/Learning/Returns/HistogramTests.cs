using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Returns;

public class HistogramTests
{
    private static readonly Histogram Model = new(20, -5, 5);

    [TestCase(0f)]
    [TestCase(0.25f)]
    [TestCase(-1.37f)]
    [TestCase(2.9f)]
    public void A_target_becomes_a_distribution_around_it(float target)
    {
        double[] m = Distribution(target, out _);
        Assert.Multiple(() =>
        {
            Assert.That(m.Sum(), Is.EqualTo(1).Within(1e-5));
            Assert.That(m.Select((p, i) => p * (-4.75 + i * 0.5)).Sum(), Is.EqualTo(target).Within(2e-3), "mean");

            // σ is .75 bins, and cutting into bins adds a twelfth of a bin squared.
            Assert.That(m.Select((p, i) => p * Math.Pow(-4.75 + i * 0.5 - target, 2)).Sum(), Is.EqualTo(0.25 * (0.75 * 0.75 + 1 / 12.0)).Within(5e-3), "variance");
        });
    }

    [Test]
    public void What_lies_beyond_the_ends_counts_as_the_end()
    {
        Assert.That(Distribution(1_000, out float loss), Is.EqualTo(Distribution(4.75f, out _)).Within(1e-6));
        Assert.That(Distribution(-1_000, out _), Is.EqualTo(Distribution(-4.75f, out _)).Within(1e-6));
        Assert.That(float.IsFinite(loss));
        Assert.That(Array.IndexOf(Distribution(1_000, out _), Distribution(1_000, out _).Max()), Is.EqualTo(19));
    }

    [Test]
    public void Following_the_gradient_leads_to_the_target()
    {
        float[] logits = new float[20], gradient = new float[20], mean = new float[1];
        for (int i = 0; i < 3_000; i++)
        {
            Model.Loss(logits, 1.3f, gradient, out _);
            for (int j = 0; j < 20; j++)
            {
                logits[j] -= gradient[j];
            }
        }

        Model.Means(logits, mean);
        Assert.That(mean[0], Is.EqualTo(1.3).Within(0.02));
    }

    [Test]
    public void A_loss_has_the_gradient_of_finite_differences([Values] bool histogram)
    {
        IRegression model = histogram ? Model : new SquaredError();
        var random = new RandomStream(4);
        for (int round = 0; round < 10; round++)
        {
            float[] outputs = [.. Enumerable.Range(0, model.Atoms).Select(_ => 4 * random.NextSingle() - 2)], gradient = new float[model.Atoms], ignored = new float[model.Atoms], mean = new float[1];
            float target = 12 * random.NextSingle() - 6;
            model.Loss(outputs, target, gradient, out float value);
            model.Means(outputs, mean);
            Assert.That(value, Is.EqualTo(mean[0]));
            for (int i = 0; i < model.Atoms; i++)
            {
                const float Step = 2e-3f;
                float old = outputs[i];
                outputs[i] = old + Step;
                float up = model.Loss(outputs, target, ignored, out _);
                outputs[i] = old - Step;
                float down = model.Loss(outputs, target, ignored, out _);
                outputs[i] = old;
                Assert.That(gradient[i], Is.EqualTo((up - down) / (2 * Step)).Within(0.005), $"round {round}, output {i}");
            }
        }
    }

    [Test]
    public void The_means_gradient_is_its_difference()
    {
        float[] outputs = [.. Enumerable.Range(0, 20).Select(i => MathF.Sin(i * 1.7f))], gradient = new float[20], mean = new float[1];
        Model.MeanGradient(outputs, gradient);
        for (int i = 0; i < 20; i++)
        {
            const float Step = 1e-2f;
            float Mean(float moved)
            {
                float[] other = [.. outputs];
                other[i] += moved;
                Model.Means(other, mean);
                return mean[0];
            }

            Assert.That(gradient[i], Is.EqualTo((Mean(Step) - Mean(-Step)) / (2 * Step)).Within(1e-3), $"bin {i}");
        }
    }

    // With all logits 0 each p is 1/20, and m = p − gradient.
    private static double[] Distribution(float target, out float loss)
    {
        float[] gradient = new float[20];
        loss = Model.Loss(new float[20], target, gradient, out _);
        return [.. gradient.Select(g => 0.05 - g)];
    }
}
