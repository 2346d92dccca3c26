using System.Runtime.InteropServices;

namespace MarioAgentTool.Cli;

/// <summary>Ctrl-C and SIGTERM ask for a clean stop; a second one ends the process at once, as it would without us.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Action _onFirst;
    private bool _isDisposed;
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="onFirst">Told when the first one arrives, on a thread of the runtime's.</param>
    public StopSignals(Action onFirst)
    {
        _onFirst = onFirst;
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (!_stop.IsCancellationRequested)
                {
                    context.Cancel = true;
                    Stop();
                }
            }));
        }
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Asks for a clean stop as the first signal would; once disposed of, there is nothing left to stop.</summary>
    public void Stop()
    {
        lock (_registrations)
        {
            if (_isDisposed)
            {
                return;
            }

            _stop.Cancel();
        }

        _onFirst();
    }

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        lock (_registrations)
        {
            _isDisposed = true;
            _stop.Dispose();
        }
    }
}
