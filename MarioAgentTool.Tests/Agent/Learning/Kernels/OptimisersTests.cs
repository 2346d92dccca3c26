using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class OptimisersTests
{
    // Nineteen weights: whole vectors and a tail.
    private const int Length = 19;

    private readonly WorkerPool _pool = new(1);

    [OneTimeTearDown]
    public void Close() => _pool.Dispose();

    [Test]
    public void Adams_first_step_is_the_learning_rate_whatever_the_gradient()
    {
        float[] weights = new float[Length];
        float[] gradients = [.. Enumerable.Range(0, Length).Select(i => (i % 2 == 0 ? 1 : -1) * (i + 1) * 0.01f)];
        new Adam(Length, 1e-8f, _pool).Step(weights, gradients, 1, 0.1f);
        Assert.That(weights, Is.EqualTo(gradients.Select(g => -0.1f * Math.Sign(g))).Within(1e-5f));
    }

    [Test]
    public void Adam_follows_its_paper_for_ten_steps()
    {
        float[] weights = new float[Length];
        var adam = new Adam(Length, 1e-3f, _pool);
        double theta = 0, m = 0, v = 0;
        for (int t = 1; t <= 10; t++)
        {
            float[] gradients = new float[Length];
            gradients.AsSpan().Fill(4 - t);
            adam.Step(weights, gradients, 0.5f, 0.01f);

            double g = 0.5 * (4 - t);
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            theta -= 0.01 * (m / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-3);
        }

        Assert.That(weights, Is.All.EqualTo((float)theta).Within(1e-6f));
    }

    [Test]
    public void RAdams_first_five_steps_are_plain_momentum_and_the_sixth_is_rectified()
    {
        Assert.Multiple(() =>
        {
            for (int t = 1; t <= 5; t++)
            {
                Assert.That(RAdam.Rectification(t), Is.Null, $"step {t}");
            }

            // ρ∞ = 1999, ρ₆ = 5.9942…:  r = √(1.9942 · 3.9942 · 1999 / (1995 · 1997 · 5.9942))
            Assert.That(RAdam.Rectification(6), Is.EqualTo(0.0258).Within(0.0002));
            Assert.That(RAdam.Rectification(1_000_000), Is.EqualTo(1).Within(1e-6));
        });

        float[] weights = new float[Length];
        float[] gradients = new float[Length];
        gradients.AsSpan().Fill(3);
        var radam = new RAdam(Length, 1e-8f, _pool);
        for (int t = 1; t <= 5; t++)
        {
            radam.Step(weights, gradients, 1, 0.01f);
        }

        // A constant gradient's corrected mean is itself: five steps of 0.01 · 3; then one of 0.01 · r.
        Assert.That(weights, Is.All.EqualTo(-0.15f).Within(1e-6f));
        radam.Step(weights, gradients, 1, 0.01f);
        Assert.That(weights, Is.All.EqualTo(-0.15f - 0.01f * (float)RAdam.Rectification(6)!.Value).Within(1e-6f));
    }

    [Test]
    public void The_gradient_norm_is_that_of_the_whole_vector_and_clipping_brings_it_to_the_limit()
    {
        float[] gradients = new float[3000];
        gradients.AsSpan().Fill(0.1f);
        float norm = GradientNorm.Of(gradients);
        Assert.Multiple(() =>
        {
            Assert.That(norm, Is.EqualTo(0.1 * Math.Sqrt(3000)).Within(1e-4));
            Assert.That(norm * GradientNorm.Factor(norm, 2), Is.EqualTo(2).Within(1e-5));
            Assert.That(GradientNorm.Factor(norm, 10), Is.EqualTo(1), "below the limit");
            Assert.That(GradientNorm.Factor(norm, 0), Is.EqualTo(1), "no limit");
        });
    }
}
