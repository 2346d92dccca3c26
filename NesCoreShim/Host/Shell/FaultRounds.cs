using System.ComponentModel;
using System.Reflection;
using System.Windows.Forms;
using BizHawk.Client.Common;

namespace NesCoreShim.Host.Shell;

/// <summary>
/// Calls all that EmuHawk, or a user, can call of a tool's window while the tool does nothing but throw, and says what came of each.
/// What can be called is found by reflection: the methods that the window's class overrides, and the handlers that its own code
/// has put on any event of any control.
/// </summary>
/// <param name="window">The tool's window.</param>
/// <param name="text">What is thrown says this, and so shall a box of the window's.</param>
internal sealed class FaultRounds(Form window, string text)
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>A line for each callback: <c>told</c>, <c>said nothing</c>, or what was thrown.</summary>
    public IEnumerable<string> Lines()
    {
        // A tool that lets itself be tested so has a border with a Fault that it throws in the place of whatever is to be done.
        object border = window.GetType().GetFields(Own).Select(f => f.GetValue(window)).First(v => v?.GetType().GetProperty("Fault", Own)?.PropertyType == typeof(Exception))!;
        PropertyInfo fault = border.GetType().GetProperty("Fault", Own)!;
        List<(string Name, Action Call)> calls = [.. Handlers(), .. Overrides()];
        try
        {
            foreach ((string name, Action call) in calls)
            {
                fault.SetValue(border, new InvalidOperationException(text));
                yield return $"{name}: {Outcome(call)}";
            }
        }
        finally
        {
            fault.SetValue(border, null);
        }
    }

    private string Outcome(Action call)
    {
        foreach (TextBoxBase box in Boxes())
        {
            box.Clear();
        }

        try
        {
            call();
        }
        catch (Exception e)
        {
            return $"thrown: {(e as TargetInvocationException)?.InnerException ?? e}";
        }

        return Boxes().Any(b => b.Text.Contains(text)) ? "told" : "said nothing";
    }

    private IEnumerable<TextBoxBase> Boxes() => ShellScript.All(window).OfType<TextBoxBase>().Where(b => b.ReadOnly);

    private IEnumerable<(string, Action)> Handlers()
    {
        foreach (Control control in ShellScript.All(window).Prepend(window).ToList())
        {
            foreach (Delegate handler in HandlersOf(control).Where(h => h.Method.DeclaringType!.Assembly == window.GetType().Assembly))
            {
                object[] arguments = [control, ArgumentsOf(handler.Method.GetParameters()[1].ParameterType)];
                yield return ($"{control.GetType().Name} '{ShellScript.Plain(control.Text)}', {handler.GetType().Name}", () => handler.DynamicInvoke(arguments));
            }
        }
    }

    // The framework keeps them in a chain of entries, under names of its own.
    private static IEnumerable<Delegate> HandlersOf(Control control)
    {
        object list = typeof(Component).GetProperty("Events", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(control);
        Type entryType = list.GetType().GetNestedTypes(BindingFlags.NonPublic).Single();
        for (object? entry = Field(list, entryType); entry is not null; entry = Field(entry, entryType))
        {
            foreach (Delegate handler in ((Delegate?)Field(entry, typeof(Delegate)))?.GetInvocationList() ?? [])
            {
                yield return handler;
            }
        }

        static object? Field(object of, Type type) => of.GetType().GetFields(Own).Single(f => f.FieldType == type).GetValue(of);
    }

    private IEnumerable<(string, Action)> Overrides()
    {
        // Closing comes last: nothing is left to call after it.
        foreach (MethodInfo method in window.GetType().GetMethods(Own)
            .Where(m => m.IsVirtual && m.GetBaseDefinition().DeclaringType != window.GetType() && !m.IsSpecialName)
            .OrderBy(m => m.Name.Contains("Clos")))
        {
            Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
            if (parameters.Length == 1 && parameters[0] == typeof(ToolFormUpdateType))
            {
                foreach (object moment in Enum.GetValues(typeof(ToolFormUpdateType)))
                {
                    yield return ($"{method.Name}({moment})", () => method.Invoke(window, [moment]));
                }
            }
            else
            {
                yield return (method.Name, () => method.Invoke(window, [.. parameters.Select(ArgumentsOf)]));
            }
        }
    }

    private static object ArgumentsOf(Type type) =>
        type == typeof(EventArgs) ? EventArgs.Empty
        : type == typeof(KeyEventArgs) ? new KeyEventArgs(Keys.Enter)
        : type == typeof(MouseEventArgs) ? new MouseEventArgs(MouseButtons.Left, 1, 1, 1, 0)
        : type == typeof(FormClosedEventArgs) ? new FormClosedEventArgs(CloseReason.UserClosing)
        : type == typeof(Keys) ? Keys.F9
        : Activator.CreateInstance(type.IsByRef ? type.GetElementType()! : type);
}
