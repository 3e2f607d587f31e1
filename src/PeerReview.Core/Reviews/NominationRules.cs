using System.Collections.Immutable;
using PeerReview.Core.Access;

namespace PeerReview.Core.Reviews;

/// <summary>Who may speak and work for the State in one review, and how one follows the other.</summary>
/// <remarks>A State has one focal point and at least one alternate, who are different people, each by a note verbale; it gives
/// items to as many contributors as it likes. Once they were appointed there is no day without them: whoever leaves is
/// replaced in the same act.</remarks>
public static class NominationRules
{
    /// <summary>The roles a State gives in a review.</summary>
    public static readonly ImmutableArray<string> Roles = [RoleCode.FocalPoint, RoleCode.Alternate, RoleCode.Contributor];

    /// <summary>The act of giving or ending such a role.</summary>
    public static ReviewAct ActOf(string role) =>
        role == RoleCode.Contributor ? ReviewAct.AppointContributor : ReviewAct.AppointFocalPoint;

    /// <summary>What is wrong with a role and its items before anybody is looked up; empty when nothing is.</summary>
    public static IEnumerable<Refusal> Check(string role, ImmutableArray<string> items, Dossier dossier)
    {
        if (!Roles.Contains(role, StringComparer.Ordinal))
            yield return new Refusal("people.unknown-role", RefusalKind.Invalid, "role");
        else if (role == RoleCode.Contributor && items.IsEmpty && !dossier.Items.IsEmpty)
            yield return new Refusal("people.items-missing", RefusalKind.Invalid, "items");
        else if (role != RoleCode.Contributor && !items.IsEmpty)
            yield return new Refusal("people.items-not-theirs", RefusalKind.Invalid, "items");
        if (items.FirstOrDefault(item => !dossier.Items.Contains(item, StringComparer.Ordinal)) is { } unknown)
            yield return new Refusal("people.unknown-item", RefusalKind.Invalid, "items").With("item", unknown);
    }

    /// <summary>The facts of an appointment.</summary>
    /// <param name="appointed">Whether the State has finished appointing: then nobody leaves without a successor.</param>
    /// <param name="coordinates">Whether the person looks after reviews for the programme.</param>
    public static Verdict<ImmutableArray<ReviewEvent>> Appoint(
        Dossier dossier, Nomination wanted, bool appointed, bool coordinates, PersonId by)
    {
        if (coordinates)
            return new Refusal("people.coordinates", RefusalKind.Conflict, "email");
        var held = dossier.People.Where(p => p.Person == wanted.Person.Value && p.Role != RoleCode.Coordinator)
            .Select(p => p.Role).ToList();
        var promoted = wanted.Role == RoleCode.FocalPoint && held is [RoleCode.Alternate];
        if (held.Count > 0 && !promoted && held is not [RoleCode.Contributor] || held is [RoleCode.Contributor] && wanted.Role != RoleCode.Contributor)
            return new Refusal("people.has-role", RefusalKind.Conflict, "email").With("role", held[0]);
        var leaving = dossier.Holding(wanted.Role).ToList();
        if (wanted.Replaces is { } old && !leaving.Contains(old.Value))
            return new Refusal("people.not-in-role", RefusalKind.Conflict, "replaces");
        if (wanted is { Role: RoleCode.FocalPoint, Replaces: null } && leaving.Count > 0)
            return new Refusal("people.focal-point-there", RefusalKind.Conflict, "replaces");
        if (promoted && appointed && dossier.Holding(RoleCode.Alternate).Count() == 1)
            return new Refusal("people.alternate-needed", RefusalKind.Conflict, "email");
        return Facts(wanted, promoted, by);
    }

    /// <summary>The fact of a release.</summary>
    public static Verdict<ReviewEvent> Release(Dossier dossier, PersonId person, string role, bool appointed, PersonId by)
    {
        var holders = dossier.Holding(role).ToList();
        if (!Roles.Contains(role, StringComparer.Ordinal) || !holders.Contains(person.Value))
            return new Refusal("people.not-in-role", RefusalKind.Conflict);
        if (appointed && role != RoleCode.Contributor && holders.Count == 1)
            return new Refusal("people.last-of-role", RefusalKind.Conflict).With("role", role);
        return new ReviewEvent.PersonReleased(person.Value, role, by.Value);
    }

    private static ImmutableArray<ReviewEvent> Facts(Nomination wanted, bool promoted, PersonId by)
    {
        var facts = ImmutableArray.CreateBuilder<ReviewEvent>();
        if (promoted)
            facts.Add(new ReviewEvent.PersonReleased(wanted.Person.Value, RoleCode.Alternate, by.Value));
        if (wanted.Replaces is { } old)
            facts.Add(new ReviewEvent.PersonReleased(old.Value, wanted.Role, by.Value));
        facts.Add(new ReviewEvent.PersonAppointed(wanted.Person.Value, wanted.Role, wanted.Letter, wanted.Items, by.Value));
        return facts.ToImmutable();
    }
}

/// <summary>A role to be given in one review.</summary>
/// <param name="Letter">The note verbale, for focal points and alternates.</param>
/// <param name="Items">A contributor's items; empty for others.</param>
/// <param name="Replaces">Whoever holds the role and leaves it, or null.</param>
public sealed record Nomination(
    string Role, PersonId Person, Guid? Letter, ImmutableArray<string> Items, PersonId? Replaces = null);
