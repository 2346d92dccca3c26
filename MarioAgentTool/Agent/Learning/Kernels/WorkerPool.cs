using System.Runtime.ExceptionServices;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>
/// A fixed crew for cutting one job into numbered chunks, without allocating per job. Chunks go to whoever is free, the caller
/// included, so a chunk's result must not depend on who does it; every kernel here partitions outputs, never sums.
/// </summary>
/// <remarks>
/// The jobs of one training step follow each other within microseconds, so idle workers spin that long and only then park.
/// A worker that wakes late finds no chunk left and harms nothing: the caller waits for chunks, not for workers.
/// </remarks>
internal sealed class WorkerPool : IDisposable
{
    // Some 30 µs of looking before sleeping.
    private const int Spins = 600;
    private const int MaxChunks = 0xFFFF;

    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private Action<int, int>? _body;
    private int _finished;
    private int _parked;
    private bool _closing;
    private ExceptionDispatchInfo? _failure;

    // Job number (32 bits), chunks in it (16), next chunk (16), in one word: a claim succeeds only on the job it was read from.
    private long _ticket;

    /// <param name="workers">How many work at once, the caller among them.</param>
    public WorkerPool(int workers)
    {
        if (workers < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(workers), workers, "At least one thread, the caller's own, has to do the work.");
        }

        Workers = workers;
        _threads = new Thread[workers - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"Learner {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>How many work at once; worker numbers run from 0, the caller, to one less.</summary>
    public int Workers { get; }

    /// <summary>Does chunks 0 … <paramref name="chunks"/> − 1 and returns when all are done. One caller at a time.</summary>
    /// <param name="chunks">How many pieces the job has.</param>
    /// <param name="body">(chunk, worker): what to do, and whose scratch memory to use. Keep the delegate; do not build one per call.</param>
    public void Run(int chunks, Action<int, int> body)
    {
        if (Workers == 1 || chunks <= 1)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                body(chunk, 0);
            }

            return;
        }

        if (_closing)
        {
            throw new ObjectDisposedException(nameof(WorkerPool));
        }

        if (chunks > MaxChunks)
        {
            throw new ArgumentOutOfRangeException(nameof(chunks), chunks, $"A job has at most {MaxChunks} chunks; make them larger.");
        }

        _body = body;
        _finished = 0;
        Interlocked.Exchange(ref _ticket, (((_ticket >> 32) + 1) << 32) | ((long)chunks << 16));
        if (Volatile.Read(ref _parked) > 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }

        TakeChunks(0);
        var wait = new SpinWait();
        for (int spins = 0; Volatile.Read(ref _finished) < chunks; spins++)
        {
            if (spins < Spins)
            {
                Thread.SpinWait(10);
            }
            else
            {
                wait.SpinOnce();
            }
        }

        _body = null;
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
        {
            failure.Throw();
        }
    }

    /// <summary>Sends the crew home.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void Serve(int worker)
    {
        long seen = 0;
        while (true)
        {
            for (int spins = 0; spins < Spins && Job() == seen && !Volatile.Read(ref _closing); spins++)
            {
                Thread.SpinWait(10);
            }

            if (Job() == seen)
            {
                lock (_gate)
                {
                    Interlocked.Increment(ref _parked);
                    while (Job() == seen && !_closing)
                    {
                        Monitor.Wait(_gate);
                    }

                    Interlocked.Decrement(ref _parked);
                }
            }

            if (Volatile.Read(ref _closing))
            {
                return;
            }

            seen = Job();
            TakeChunks(worker);
        }
    }

    private long Job() => Interlocked.Read(ref _ticket) >> 32;

    private void TakeChunks(int worker)
    {
        while (true)
        {
            long ticket = Interlocked.Read(ref _ticket);
            int chunk = (int)(ticket & 0xFFFF);
            if (chunk >= (int)(ticket >> 16 & 0xFFFF))
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                _body!(chunk, worker);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            }

            Interlocked.Increment(ref _finished);
        }
    }
}
