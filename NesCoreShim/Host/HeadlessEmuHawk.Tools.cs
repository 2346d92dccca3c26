using System.Diagnostics;
using System.Reflection;
using BizHawk.Client.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

// Tools: opened, supplied, called, closed.
public sealed partial class HeadlessEmuHawk
{
    private readonly List<IExternalToolForm> _tools = [];
    private readonly Dictionary<string, Dictionary<string, object?>> _toolSettings = [];
    private readonly long[] _ticksInTools = new long[(int)ToolFormUpdateType.FastPostFrame + 1];
    private int _callbacks;

    /// <summary>The tools that are open.</summary>
    public IReadOnlyList<IExternalToolForm> Tools => _tools;

    /// <summary>What tools keep in EmuHawk's settings: by the tool's type, then by property.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, object?>> ToolSettings => _toolSettings;

    /// <summary>Opens a tool as the Tools menu would.</summary>
    /// <param name="type">A class with a constructor without parameters.</param>
    /// <returns>The tool, or null when it is not for this game or lacks something it requires; <see cref="Messages"/> says which.</returns>
    public IExternalToolForm? OpenTool(Type type)
    {
        foreach (ExternalToolApplicabilityAttributeBase rule in type.GetCustomAttributes<ExternalToolApplicabilityAttributeBase>())
        {
            if (rule.NotApplicableTo(Game.Hash, Game.System))
            {
                Say($"{type.Name} is not for {Game.Name} ({Game.System})");
                return null;
            }
        }

        return OpenTool((IExternalToolForm)Activator.CreateInstance(type)!);
    }

    /// <summary>Opens a tool that was just made: gives it services, APIs and settings, restarts it, shows it.</summary>
    /// <returns>The tool, or null when it lacks something it requires.</returns>
    public IExternalToolForm? OpenTool(IExternalToolForm tool)
    {
        if (!Supply(tool))
        {
            return null;
        }

        if (_toolSettings.TryGetValue(SettingsKey(tool), out Dictionary<string, object?>? settings))
        {
            ToolInjection.LoadSettings(tool, settings);
        }

        _tools.Add(tool);
        Call(tool.Restart);
        tool.Show();
        return tool;
    }

    /// <summary>Closes a tool, unless it refuses.</summary>
    /// <returns>Whether it is closed.</returns>
    public bool CloseTool(IExternalToolForm tool)
    {
        if (!tool.AskSaveChanges())
        {
            return false;
        }

        Remove(tool);
        tool.Close();
        return true;
    }

    /// <summary>Time that tools have spent at a moment since this was made.</summary>
    public TimeSpan TimeInTools(ToolFormUpdateType moment) => TimeSpan.FromSeconds((double)_ticksInTools[(int)moment] / Stopwatch.Frequency);

    private static string SettingsKey(IExternalToolForm tool) => tool.GetType().FullName!;

    private bool Supply(IExternalToolForm tool)
    {
        if (ToolInjection.Inject(tool, Services, _apis) is { } missing)
        {
            Say($"{tool.GetType().Name} requires {missing}, which is not there");
            return false;
        }

        Options.SetBaseProperties?.Invoke(tool);
        return true;
    }

    private bool AskTools() => _tools.ToArray().All(tool => !tool.IsActive || tool.AskSaveChanges());

    private void Update(ToolFormUpdateType moment)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (IExternalToolForm tool in _tools.ToArray())
        {
            if (tool.IsActive)
            {
                Call(() => tool.UpdateValues(moment));
            }
        }

        _ticksInTools[(int)moment] += Stopwatch.GetTimestamp() - start;
    }

    private void Call(Action callback)
    {
        _callbacks++;
        try
        {
            callback();
        }
        finally
        {
            _callbacks--;
        }
    }

    private void RefuseInCallback(string what)
    {
        if (_callbacks > 0)
        {
            throw new InvalidOperationException($"{what} was called from inside a tool's callback, where EmuHawk cannot do it; do it later, by BeginInvoke or Post.");
        }
    }

    // Windows are closed by their own users.
    private void ForgetClosedTools()
    {
        foreach (IExternalToolForm tool in _tools.Where(tool => !tool.IsActive).ToArray())
        {
            Remove(tool);
        }
    }

    private void Remove(IExternalToolForm tool)
    {
        _toolSettings[SettingsKey(tool)] = ToolInjection.SaveSettings(tool);
        _tools.Remove(tool);
    }
}
