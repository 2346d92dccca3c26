using System.Reflection;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace NesCoreShim.Host;

/// <summary>Gives a tool what its properties ask for, as EmuHawk does: by attribute and type, private ones too.</summary>
internal static class ToolInjection
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Says what is missing, or null when the tool has all that it requires.</summary>
    public static string? Inject(object tool, IEmulatorServiceProvider services, IReadOnlyDictionary<Type, IExternalApi> apis)
    {
        foreach (PropertyInfo property in PropertiesOf(tool.GetType()))
        {
            Type wanted = property.PropertyType;
            if (Has<RequiredServiceAttribute>(property) || Has<OptionalServiceAttribute>(property))
            {
                if (Has<RequiredServiceAttribute>(property) && !services.HasService(wanted))
                {
                    return wanted.Name;
                }

                property.SetValue(tool, services.GetService(wanted));
            }
            else if (wanted == typeof(ApiContainer) && property.CanWrite)
            {
                property.SetValue(tool, new ApiContainer(apis));
            }
            else if (Has<RequiredApiAttribute>(property) || Has<OptionalApiAttribute>(property))
            {
                if (Has<RequiredApiAttribute>(property) && !apis.ContainsKey(wanted))
                {
                    return wanted.Name;
                }

                property.SetValue(tool, apis.TryGetValue(wanted, out IExternalApi? api) ? api : null);
            }
        }

        return null;
    }

    public static void LoadSettings(object tool, IReadOnlyDictionary<string, object?> settings)
    {
        foreach (PropertyInfo property in PropertiesOf(tool.GetType()).Where(Has<ConfigPersistAttribute>))
        {
            if (settings.TryGetValue(property.Name, out object? value))
            {
                property.SetValue(tool, value);
            }
        }
    }

    public static Dictionary<string, object?> SaveSettings(object tool) =>
        PropertiesOf(tool.GetType()).Where(Has<ConfigPersistAttribute>).ToDictionary(property => property.Name, property => (object?)property.GetValue(tool));

    // Of base classes too: private properties are not inherited.
    private static IEnumerable<PropertyInfo> PropertiesOf(Type? type)
    {
        for (; type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (PropertyInfo property in type.GetProperties(Instance | BindingFlags.DeclaredOnly))
            {
                yield return property;
            }
        }
    }

    private static bool Has<T>(PropertyInfo property)
        where T : Attribute => property.IsDefined(typeof(T), inherit: true);
}
