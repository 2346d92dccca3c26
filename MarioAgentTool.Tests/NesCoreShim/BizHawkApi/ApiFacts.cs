using System.Reflection;

namespace MarioAgentTool.Tests.BizHawkApi;

/// <summary>What callers and heirs of a type count on, as one sentence each. A declaration is sound when its facts are all among the real type's.</summary>
internal static class ApiFacts
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What the declarations say and the real types do not; empty when all agree.</summary>
    /// <param name="declared">The declarations.</param>
    /// <param name="real">The real type of a full name, if there is one.</param>
    public static IReadOnlyList<string> Differences(IEnumerable<Type> declared, Func<string, Type?> real)
    {
        List<string> differences = [];
        foreach (Type type in declared.Where(type => type.IsVisible))
        {
            if (real(type.FullName!) is { } counterpart)
            {
                differences.AddRange(Of(type).Except(Of(counterpart)).Select(fact => $"{Name(type)} {fact}"));
            }
            else
            {
                differences.Add($"{Name(type)} exists");
            }
        }

        return differences;
    }

    private static IEnumerable<string> Of(Type type)
    {
        yield return $"is {Kind(type)}";
        for (Type? up = type.BaseType; up is not null; up = up.BaseType)
        {
            yield return $"descends from {Name(up)}, {Depth(up)} above the root";
        }

        foreach (Type contract in type.GetInterfaces())
        {
            yield return $"is a {Name(contract)}";
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            yield return type.IsEnum && field.IsLiteral
                ? $"has {field.Name} = {field.GetRawConstantValue()}"
                : $"has the {Access(field.IsPublic)} {Static(field.IsStatic)}{(field.IsInitOnly ? "readonly " : "")}field {Name(field.FieldType)} {field.Name}";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared).Where(p => p.GetAccessors(nonPublic: true).Any(IsSeen)))
        {
            yield return $"has the property {Name(property.PropertyType)} {property.Name}";
        }

        foreach (EventInfo happening in type.GetEvents(Declared).Where(e => IsSeen(e.AddMethod!)))
        {
            yield return $"has the event {Name(happening.EventHandlerType!)} {happening.Name}";
        }

        // Accessors too: a getter alone is less than a getter and a setter.
        foreach (MethodInfo method in type.GetMethods(Declared).Where(IsSeen))
        {
            string signature = $"{Access(method.IsPublic)} {Static(method.IsStatic)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})";
            yield return $"has {signature}";
            if (method.IsVirtual && !method.IsFinal && !type.IsInterface)
            {
                yield return $"lets heirs override {signature}";
            }
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsSeen(c)))
        {
            yield return $"has the {Access(constructor.IsPublic)} constructor ({Parameters(constructor)})";
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(bool isPublic) => isPublic ? "public" : "protected";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{method.GetGenericArguments().Length}>" : "";

    private static string Kind(Type type) =>
        type.IsEnum ? "an enum" : type.IsInterface ? "an interface" : type.IsValueType ? "a struct"
        : type is { IsAbstract: true, IsSealed: true } ? "a static class" : type.IsAbstract ? "an abstract class" : type.IsSealed ? "a sealed class" : "a class";

    private static int Depth(Type type) => type.BaseType is { } up ? 1 + Depth(up) : 0;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsOut ? "out " : "")}{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? $" = {p.RawDefaultValue ?? "null"}" : "")}"));

    // By name: the two sides come from different assemblies, and stand on different frameworks.
    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.HasElementType)
        {
            return Name(type.GetElementType()!) + (type.IsByRef ? "&" : type.IsPointer ? "*" : "[]");
        }

        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
