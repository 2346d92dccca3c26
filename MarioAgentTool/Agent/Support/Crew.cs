using System.Runtime.ExceptionServices;

namespace MarioAgentTool.Support;

/// <summary>
/// A fixed set of threads that do one job together, each its own part, over and over. The caller is member 0. Waking a
/// crew allocates nothing, and who does which part never changes, so results do not depend on timing.
/// </summary>
public sealed class Crew : IDisposable
{
    private readonly Thread[] _others;
    private readonly ManualResetEventSlim[] _start;
    private readonly CountdownEvent _done;
    private Action<int>? _job;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _dismissed;

    /// <param name="members">Threads, the caller's included; 0 takes one a core.</param>
    public Crew(int members)
    {
        Members = members > 0 ? members : System.Environment.ProcessorCount;
        _done = new CountdownEvent(Math.Max(1, Members - 1));
        _start = new ManualResetEventSlim[Members - 1];
        _others = new Thread[Members - 1];
        for (int i = 0; i < _others.Length; i++)
        {
            int member = i + 1;
            _start[i] = new ManualResetEventSlim();
            _others[i] = new Thread(() => Serve(member)) { IsBackground = true, Name = $"crew {member}" };
            _others[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Members { get; }

    /// <summary>Does the job once on every member, and returns when all have done their part.</summary>
    /// <param name="job">Takes the member's number, from 0.</param>
    public void Run(Action<int> job)
    {
        _job = job;
        if (_others.Length > 0)
        {
            _done.Reset();
            foreach (ManualResetEventSlim start in _start)
            {
                start.Set();
            }
        }

        Do(0);
        if (_others.Length > 0)
        {
            _done.Wait();
        }

        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }
    }

    public void Dispose()
    {
        _dismissed = true;
        foreach (ManualResetEventSlim start in _start)
        {
            start.Set();
        }

        foreach (Thread thread in _others)
        {
            thread.Join();
        }

        foreach (ManualResetEventSlim start in _start)
        {
            start.Dispose();
        }

        _done.Dispose();
    }

    private void Serve(int member)
    {
        ManualResetEventSlim start = _start[member - 1];
        while (true)
        {
            start.Wait();
            start.Reset();
            if (_dismissed)
            {
                return;
            }

            Do(member);
            _done.Signal();
        }
    }

    private void Do(int member)
    {
        try
        {
            _job!(member);
        }
        catch (Exception e)
        {
            // Which failure is kept when several members fail is unimportant: one is enough to stop for.
            _failure = ExceptionDispatchInfo.Capture(e);
        }
    }
}
