using BizHawk.Client.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>What tools press in the user's stead, until the next frame begins.</summary>
internal sealed class PadOverrides
{
    private MovieFrame _pressed, _released;

    public void Clear() => (_pressed, _released) = (default, default);

    public void Set(MovieFrame control, bool? isDown)
    {
        _pressed = isDown == true ? Controls.With(_pressed, control) : Controls.Without(_pressed, control);
        _released = isDown == false ? Controls.With(_released, control) : Controls.Without(_released, control);
    }

    public MovieFrame Over(MovieFrame user) => Controls.Without(Controls.With(user, _pressed), _released);
}

/// <summary>Joypads of one core.</summary>
internal sealed class JoypadApi(HostedCore core, PadOverrides overrides, Func<MovieFrame> user, HostedController output, Bk2LogKey key) : IJoypadApi
{
    public IReadOnlyDictionary<string, object> Get(int? controller = null) => Controls.Describe(overrides.Over(user()), controller);

    public IReadOnlyDictionary<string, object> GetWithMovie(int? controller = null) => Controls.Describe(output.Held, controller);

    public IReadOnlyDictionary<string, object> GetImmediate(int? controller = null) => Controls.Describe(user(), controller);

    public void SetFromMnemonicStr(string inputLogEntry)
    {
        MovieFrame entry = key.Read(inputLogEntry);
        foreach (string name in Controls.Definition.BoolButtons)
        {
            Set(name, Controls.IsPressed(entry, name));
        }
    }

    public void Set(IReadOnlyDictionary<string, bool> buttons, int? controller = null)
    {
        foreach (KeyValuePair<string, bool> button in buttons)
        {
            Set(button.Key, button.Value, controller);
        }
    }

    public void Set(string button, bool? state = null, int? controller = null)
    {
        // A control that the core lacks is no error in EmuHawk.
        _ = core.Nes;
        if (Controls.TryFind(button, controller, out MovieFrame control))
        {
            overrides.Set(control, state);
        }
    }
}

/// <summary>The computer's keyboard: what the program that owns this host says is held.</summary>
internal sealed class InputApi(ISet<string> keys) : IInputApi
{
    public Dictionary<string, bool> Get() => keys.ToDictionary(key => key, _ => true);
}
