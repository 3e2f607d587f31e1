using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Process;
using PeerReview.Core.Reviews;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Platform.Reviews;

/// <summary>The words a programme's own process has for its roles and documents, in one reader's language.</summary>
public sealed class OwnNames(LoadedReview review, Texts texts, StateNames states)
{
    private readonly ProcessDefinition _process = review.Process.In(texts.Language);

    /// <summary>A role: in another process as that process calls it.</summary>
    public static string OfRole(Texts texts, ProcessDefinition process, string role) =>
        process.OfferedByDefault || process.In(texts.Language).FindRole(role) is not { } own ? texts["role." + role] : own.Title;

    /// <summary>A role as its process calls it, with what it is in every process where that is another word.</summary>
    public static string OfRoleInBoth(Texts texts, ProcessDefinition process, string role)
    {
        var (own, common) = (OfRole(texts, process, role), texts["role." + role]);
        return string.Equals(own, common, StringComparison.OrdinalIgnoreCase) ? common : texts.Of("people.called", ("own", own), ("role", common));
    }

    /// <summary>Whom the State names for a stage, each by both names.</summary>
    public static string NamedFor(Texts texts, ProcessDefinition process, string stage) => texts.List(
    [
        .. (process.FindStage(stage)?.Acts ?? []).Where(role => role is RoleCode.FocalPoint or RoleCode.Alternate or RoleCode.Contributor)
            .Select(role => OfRoleInBoth(texts, process, role)),
    ]);

    /// <inheritdoc cref="OfRole(Texts, ProcessDefinition, string)"/>
    public string Role(string role) => OfRole(texts, review.Process, role);

    /// <summary>What a stage makes, with whose it is where each writes their own.</summary>
    public string Of(StageDocument document)
    {
        var name = _process.Documents.First(d => d.Id == document.Document.Id).Title;
        return document.Branch is { } branch ? texts.Of("shell.pair", ("one", name), ("two", Branch(branch))) : name;
    }

    /// <summary>Who a branch is: a State, or an expert.</summary>
    public string Branch(string branch) =>
        review.Dossier.Team.Find(branch) is not null ? states.Of(branch, texts.Language)
        : Guid.TryParse(branch, out var person) && review.Find(new PersonId(person)) is { } holder ? holder.Name
        : texts["draft.somebody"];

    /// <summary>Who reads it: those who make it, and the circles of its row.</summary>
    public ImmutableArray<string> Readers(StageDocument document, IEnumerable<Core.Access.Role> circles) =>
    [
        .. document.Stage.Acts
            // Nobody of the State contributes where the process has no such role.
            .Concat(circles.Select(role => role.Code()).Where(role => role != RoleCode.Contributor || _process.FindRole(role) is not null))
            .Select(Role).Distinct(StringComparer.Ordinal),
    ];
}
