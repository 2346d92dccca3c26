using System.Runtime.InteropServices;

namespace MarioAgentTool.Cli;

/// <summary>Ctrl-C and SIGTERM ask for a clean stop; a second one ends the process at once, as it would without us.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <param name="onFirst">Told when the first one arrives, on a thread of the runtime's.</param>
    public StopSignals(Action onFirst)
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                if (!_stop.IsCancellationRequested)
                {
                    context.Cancel = true;
                    _stop.Cancel();
                    onFirst();
                }
            }));
        }
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _stop.Dispose();
    }
}
