using PeerReview.Server.Stacks.Elsa;

namespace PeerReview.Server.Stacks;

public static partial class BuiltStacks
{
    static partial void AddFurther(List<IStack> stacks) => stacks.Add(new ElsaStack());
}
