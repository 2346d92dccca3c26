using System.Reflection;

namespace MarioAgentTool.Plugin;

/// <summary>Calls of methods that took fewer arguments in earlier releases of BizHawk: those after the first are left to their defaults.</summary>
internal static class VersionedCall
{
    /// <summary>Calls the method by name.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="contract">The interface that should have it.</param>
    /// <param name="target">Whose method it is.</param>
    /// <param name="name">The method's name.</param>
    /// <param name="first">Its first argument.</param>
    /// <exception cref="NotSupportedException">This release has no such method.</exception>
    public static T Invoke<T>(Type contract, object target, string name, object first) => (T)Call(contract, target, name, first)!;

    /// <inheritdoc cref="Invoke{T}"/>
    /// <returns>What it returns; null where that is nothing.</returns>
    public static object? Call(Type contract, object target, string name, object first)
    {
        MethodInfo method = contract.GetMethods().Concat(target.GetType().GetMethods()).FirstOrDefault(Fits)
            ?? throw new NotSupportedException($"This version of BizHawk has no {contract.Name}.{name} that is known here; 2.10 and later have one.");
        object?[] arguments = new object?[method.GetParameters().Length];
        arguments[0] = first;
        for (int i = 1; i < arguments.Length; i++)
        {
            // Stands for the parameter's default.
            arguments[i] = Type.Missing;
        }

        return method.Invoke(target, BindingFlags.OptionalParamBinding | BindingFlags.InvokeMethod, null, arguments, null)!;

        bool Fits(MethodInfo m)
        {
            ParameterInfo[] parameters = m.GetParameters();
            return m.Name == name
                && parameters.Length > 0
                && parameters[0].ParameterType.IsInstanceOfType(first)
                && parameters.Skip(1).All(p => p.IsOptional);
        }
    }
}
