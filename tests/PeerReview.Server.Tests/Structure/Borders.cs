using System.Reflection;

namespace PeerReview.Server.Tests.Structure;

/// <summary>The borders of the design, each a function that answers who crosses it.</summary>
internal static class Borders
{
    /// <summary>Assemblies beside the base library that an assembly references.</summary>
    public static IReadOnlyList<string> BeyondSystem(IEnumerable<AssemblyName> references) =>
        [.. references.Select(one => one.Name!)
            .Where(name => name is not ("netstandard" or "mscorlib") && !name.StartsWith("System.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Types of one feature that name a type of another; <paramref name="features"/> is the namespace above.</summary>
    public static IReadOnlyList<string> BetweenFeatures(IEnumerable<Type> types, string features) => Crossings(
        types,
        (from, to) => FeatureOf(from, features) is { } one && FeatureOf(to, features) is { } other
            && !string.Equals(one, other, StringComparison.Ordinal));

    /// <summary>Types under one namespace that name a type under another.</summary>
    public static IReadOnlyList<string> From(IEnumerable<Type> types, string inside, string forbidden) =>
        Crossings(types, (from, to) => IsUnder(from, inside) && IsUnder(to, forbidden));

    /// <summary>Types outside one namespace that name a type under one of others.</summary>
    public static IReadOnlyList<string> OnlyIn(IEnumerable<Type> types, string allowed, params string[] guarded) =>
        Crossings(types, (from, to) => !IsUnder(from, allowed) && guarded.Any(name => IsUnder(to, name)));

    private static List<string> Crossings(IEnumerable<Type> types, Func<Type, Type, bool> forbidden) =>
        [.. types
            .SelectMany(from => TypeUse.Of(from).Where(to => forbidden(from, to)).Select(to => $"{from} names {to}"))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    private static string? FeatureOf(Type type, string features) =>
        type.Namespace is { } name && name.StartsWith(features + ".", StringComparison.Ordinal)
            ? name[(features.Length + 1)..].Split('.')[0]
            : null;

    private static bool IsUnder(Type type, string name) =>
        type.Namespace is { } one
        && (one == name || one.StartsWith(name + ".", StringComparison.Ordinal));
}
