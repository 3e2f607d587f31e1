using System.Reflection;

namespace PeerReview.Server.Stacks;

/// <summary>A library of a stack.</summary>
/// <param name="Library">As its package is called.</param>
/// <param name="Version">As it says itself, without build data.</param>
public sealed record StackPart(string Library, string Version)
{
    /// <summary>The library a type comes from.</summary>
    public static StackPart Of<T>(string library)
    {
        var assembly = typeof(T).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version!.ToString();
        return new StackPart(library, version.Split('+')[0]);
    }

    public override string ToString() => $"{Library} {Version}";
}

/// <summary>A page a stack brings along.</summary>
/// <param name="Title">A name of its own, the same in every language.</param>
/// <param name="Address">A path of ours.</param>
public sealed record StackPage(string Title, string Address);
