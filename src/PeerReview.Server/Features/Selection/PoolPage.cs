using System.Collections.Immutable;
using PeerReview.Core;
using PeerReview.Core.Access;
using PeerReview.Core.Selection;
using PeerReview.Server.Platform.Identity;
using PeerReview.Server.Platform.Web;

namespace PeerReview.Server.Features.Selection;

/// <summary>The pool of reviewing States: how many each regional group has, and which they are.</summary>
public sealed class PoolPage(PoolReader pools, StateNames names)
{
    public static void Map(WebRoutes routes)
    {
        routes.Pages.MapGet("/programme/pool", (Visit visit, Guid? programme, PoolPage page, CancellationToken cancel) =>
            CoordinatorOf.Programme(visit.Caller.Actor, programme) is { } chosen
                ? page.DrawAsync(visit, chosen, cancel)
                : Task.FromResult(Answer.NotFound()));
        routes.Api.MapGet("/programmes/{programme:guid}/pool", (Guid programme, Visit visit, PoolPage page, CancellationToken cancel) =>
            page.ListAsync(visit, new ProgrammeId(programme), cancel)).WithName("Pool").WithTags("programmes");
    }

    private async Task<IResult> DrawAsync(Visit visit, ProgrammeId programme, CancellationToken cancel)
    {
        var pool = await pools.ReadAsync(programme, cancel);
        return Answer.Page<PoolView>(new
        {
            Model = new PoolModel(
                programme,
                pool.ProgrammeName,
                PoolHealth.Of([.. pool.Lines.Select(line => line.Member)], pool.Today),
                [
                    .. pool.Lines.Where(line => line.Member.IsOptedIn || line.Member.Conflicts.Length > 0)
                        .Select(line => (line.Member, Name: names.Of(line.Member.State.Value, visit.Texts.Language)))
                        .OrderBy(line => line.Name, StringComparer.Create(visit.Texts.Culture, ignoreCase: true))
                        .Select(line => new PoolRow(
                            line.Member, line.Name, [.. line.Member.Conflicts.Select(c => names.Of(c.Value, visit.Texts.Language))],
                            line.Member.IsDeferred(pool.Today))),
                ]),
        });
    }

    private async Task<IResult> ListAsync(Visit visit, ProgrammeId programme, CancellationToken cancel)
    {
        if (Access.May(visit.Caller.Actor, ProgrammeAct.ManagePeople, programme) is { } no)
            return no.ToProblem();
        var pool = await pools.ReadAsync(programme, cancel);
        return TypedResults.Ok(new Listing<PoolItem>(pool.Lines.Where(line => line.Version > 0).Select(line => new PoolItem(
            line.Member.State.Value, line.Member.IsOptedIn, line.Member.DeferredUntil, [.. line.Declared.Select(c => c.Value)], line.Version))));
    }
}

/// <summary>What the page of the pool draws.</summary>
public sealed record PoolModel(ProgrammeId Programme, string ProgrammeName, ImmutableArray<GroupHealth> Groups, ImmutableArray<PoolRow> States);

/// <summary>A State in the list.</summary>
/// <param name="Conflicts">Names of States, declared by either side.</param>
public sealed record PoolRow(PoolMember Member, string Name, ImmutableArray<string> Conflicts, bool IsDeferred);
