using PeerReview.Server.Stacks.Embedded;

namespace PeerReview.Server.Stacks;

/// <summary>The stacks this program was built with.</summary>
public static partial class BuiltStacks
{
    /// <summary>All of them; the embedded one, which is always there, first.</summary>
    public static IReadOnlyList<IStack> All { get; } = Collect();

    /// <summary>What a database that has none yet gets when nobody chooses: the one built in addition, where there is one.</summary>
    public static IStack Default => All[^1];

    /// <summary>The stack of that name, or null when this program was built without it.</summary>
    public static IStack? Find(string name) => All.FirstOrDefault(stack => stack.Name == name);

    // Filled in by a stack that is compiled in addition; without one the call is not there.
    static partial void AddFurther(List<IStack> stacks);

    private static List<IStack> Collect()
    {
        List<IStack> stacks = [new EmbeddedStack()];
        AddFurther(stacks);
        return stacks;
    }
}
