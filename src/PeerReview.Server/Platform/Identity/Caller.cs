using System.Reflection;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Server.Platform.Data;
using PeerReview.Server.Platform.Drafts;

namespace PeerReview.Server.Platform.Identity;

/// <summary>Who makes this request, known before any handler runs. A parameter of a handler is bound to it.</summary>
/// <param name="Actor">What Core's rules of access ask for.</param>
/// <param name="Person">The account, or null for a visitor.</param>
/// <param name="Proof">How the person showed who they are.</param>
public sealed record Caller(Actor Actor, Person? Person, Proof Proof) : IBindableFromHttpContext<Caller>
{
    /// <summary>Somebody who did not sign in.</summary>
    public static Caller Visitor { get; } = new(Actor.Visitor, null, Proof.None);

    /// <summary>The review this session looks on with somebody else's eyes, and in which role; null for one's own.</summary>
    public Seeing? Seeing { get; init; }

    /// <summary>What this person typed into the forms of this page and has not saved.</summary>
    public IReadOnlyList<Draft> Drafts { get; init; } = [];

    /// <summary>Whether somebody signed in.</summary>
    public bool IsSignedIn => Person is not null;

    /// <summary>The person's id.</summary>
    /// <exception cref="InvalidOperationException">A visitor asks: the route lacks its requirement to sign in.</exception>
    public PersonId Id => Person?.Id ?? throw new InvalidOperationException("A visitor has no id: the route must require to sign in.");

    /// <summary>The rows this person's statements may touch: those of every programme they hold a role in.</summary>
    public Scope Scope => Scope.Of(Actor.Grants.Select(grant => grant.Programme).Distinct());

    /// <summary>The States this person speaks for as their authority, as ISO 3166-1 alpha-3 codes.</summary>
    public string[] OwnStates =>
        [.. Actor.Grants.Where(grant => grant is { Role: Role.StateAuthority, Review: null, State: not null })
            .Select(grant => grant.State!.Value.Value).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the person holds this role anywhere; for what the navigation shows, never for rights.</summary>
    public bool HasSome(Role role) => Actor.Grants.Any(grant => grant.Role == role);

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) => new(context.Caller());
}

/// <summary>Looking on one review with somebody else's eyes.</summary>
/// <param name="Role">One of <see cref="Viewpoint.All"/>.</param>
public sealed record Seeing(ReviewId Review, Role Role);

/// <summary>An account as the person sees it.</summary>
/// <param name="Language">A language of two letters.</param>
/// <param name="TimeZone">An IANA name.</param>
public sealed record Person(PersonId Id, string Email, string Name, string Office, string Language, string TimeZone);

/// <summary>How a caller showed who they are, and with it how far it reaches.</summary>
public enum Proof
{
    /// <summary>Not at all: a visitor.</summary>
    None,

    /// <summary>A session of a browser.</summary>
    Session,

    /// <summary>An API token that only reads.</summary>
    ReadToken,

    /// <summary>An API token that may do what its person may.</summary>
    WriteToken,
}

/// <summary>Where the caller is kept during a request.</summary>
public static class CallerOfRequest
{
    /// <summary>Who makes this request; a visitor until it is identified.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Identity.Caller.Visitor;

    internal static void SetCaller(this HttpContext context, Caller caller) => context.Features.Set(caller);
}
