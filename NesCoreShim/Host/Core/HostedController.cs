using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>A frame's input as a controller that can be read and written by name.</summary>
internal sealed class HostedController(Bk2LogKey key) : IMovieController
{
    public MovieFrame Held { get; set; }

    public ControllerDefinition Definition => Controls.Definition;

    public bool IsPressed(string button) => Controls.IsPressed(Held, button);

    public int AxisValue(string name) => throw NoAxis(name);

    public void SetFrom(IController source) => Held = Controls.Read(source);

    public void SetFromMnemonic(string mnemonic) => Held = key.Read(mnemonic);

    public void SetBool(string buttonName, bool value)
    {
        if (!Controls.TryFind(buttonName, null, out MovieFrame bit))
        {
            throw new ArgumentException($"'{buttonName}' is no button of a NES with one pad; its buttons are {string.Join(", ", Controls.Definition.BoolButtons)}.", nameof(buttonName));
        }

        Held = value ? Controls.With(Held, bit) : Controls.Without(Held, bit);
    }

    public void SetAxis(string buttonName, int value) => throw NoAxis(buttonName);

    private static NotSupportedException NoAxis(string name) => new($"'{name}' was asked for as an axis; a standard pad has buttons only.");
}
