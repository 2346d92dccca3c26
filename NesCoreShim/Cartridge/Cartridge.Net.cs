using System.Runtime.CompilerServices;

namespace NesCoreShim;

// On runtimes that can compile while they run, a cartridge keeps the code that was made of it. Nobody can tell.
public sealed partial class Cartridge
{
    private CodeTable? _code;

    /// <summary>The compiled code, or null if this runtime compiles nothing.</summary>
    internal CodeTable? Code => !RuntimeFeature.IsDynamicCodeCompiled ? null
        : _code ?? Interlocked.CompareExchange(ref _code, new CodeTable(_prg), null) ?? _code;
}
