namespace PeerReview.Server.Stacks;

/// <summary>One way to fill the ports of the core: an engine, letters, recurring work.</summary>
public interface IStack
{
    /// <summary>As <c>--stack</c> and the database name it: <c>embedded</c>, for one.</summary>
    string Name { get; }

    /// <summary>The libraries it stands on, with their versions, for whoever operates it.</summary>
    IReadOnlyList<StackPart> Parts { get; }

    /// <summary>Registers what fills the ports.</summary>
    void Add(IServiceCollection services, AppOptions options);

    /// <summary>Its own pages, for whoever operates it.</summary>
    IReadOnlyList<StackPage> Pages => [];

    /// <summary>Maps those pages.</summary>
    /// <param name="routes">Where only operators and auditors get to; for everybody else nothing is there. A POST needs its
    /// antiforgery token. Auditors look and touch nothing: that is the page's to see to.</param>
    void Map(IEndpointRouteBuilder routes)
    {
    }
}
