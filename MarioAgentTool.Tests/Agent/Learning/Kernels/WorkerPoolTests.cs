using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Tests.Agent.Learning.Kernels;

public class WorkerPoolTests
{
    [Test]
    public void Every_chunk_of_every_job_is_done_once([Values(1, 2, 5)] int workers)
    {
        using var pool = new WorkerPool(workers);
        int[] done = new int[37];
        Action<int, int> body = (chunk, _) => Interlocked.Increment(ref done[chunk]);
        for (int job = 1; job <= 2_000; job++)
        {
            pool.Run(done.Length, body);
            if (done.Any(d => d != job))
            {
                Assert.Fail($"after job {job}: {string.Join(' ', done)}");
            }

            if (job % 500 == 0)
            {
                Thread.Sleep(5);   // long enough for the crew to park
            }
        }
    }

    [Test]
    public void No_two_chunks_share_a_worker_at_once()
    {
        using var pool = new WorkerPool(4);
        int[] busy = new int[4];
        int clashes = 0;
        Action<int, int> body = (_, worker) =>
        {
            clashes += Interlocked.Increment(ref busy[worker]) == 1 ? 0 : 1;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref busy[worker]);
        };
        for (int job = 0; job < 200; job++)
        {
            pool.Run(16, body);
        }

        Assert.That(clashes, Is.Zero);
    }

    [Test]
    public void A_chunk_that_fails_fails_the_job_and_the_next_job_runs()
    {
        using var pool = new WorkerPool(3);
        Assert.That(() => pool.Run(8, (chunk, _) => _ = chunk == 5 ? throw new InvalidOperationException("five") : 0), Throws.InvalidOperationException);
        int done = 0;
        pool.Run(8, (_, _) => Interlocked.Increment(ref done));
        Assert.That(done, Is.EqualTo(8));
    }

    [Test]
    public void Running_allocates_nothing()
    {
        using var pool = new WorkerPool(2);
        Action<int, int> body = (_, _) => { };
        pool.Run(4, body);
        long bytes = Allocations.Fewest(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                pool.Run(4, body);
            }
        });
        Assert.That(bytes, Is.Zero);
    }
}
