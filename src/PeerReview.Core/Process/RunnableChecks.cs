using System.Collections.Immutable;

namespace PeerReview.Core.Process;

/// <summary>What a process that is sound in itself still needs so that this product can run it: people who can be given its roles, somebody
/// who can launch it.</summary>
public static class RunnableChecks
{
    /// <summary>Everything that is in the way, in the order of the lines.</summary>
    /// <param name="process">As read.</param>
    /// <param name="root">The file it was read from, for the lines.</param>
    /// <param name="path">Its path, for the problems.</param>
    public static ImmutableArray<DataProblem> Of(ProcessDefinition process, DataNode root, string path)
    {
        var problems = new Problems(path);
        var at = new DefinitionChecks.Lines(root);
        var known = KnownNames.Product;
        foreach (var role in process.Roles.Where(r => !known.Roles.Has(r.Id) && process.Stages.Any(s => s.Acts.Has(r.Id))))
            problems.Add(at.Of("roles", role.Id), $"nobody can be given the role {role.Id}: use one of {string.Join(", ", known.Roles)}");
        var guest = Access.Roles.Code(Access.Role.Stakeholder);
        foreach (var stage in process.Stages.Where(s => s.Acts.Has(guest) && !KnownStages.Serve(s)))
        {
            problems.Add(at.Of("stages", stage.Id, "acts"), $"nobody can invite stakeholders to {stage.Id}: let somebody act who gathers what they send, "
                + "or use stake_call as it is");
        }

        foreach (var stage in process.Stages.Where(s => s.Mode == ActsMode.All && !KnownStages.Serve(s)))
        {
            foreach (var role in stage.Beside.Select(process.Role).Where(IsHeldByMany))
            {
                problems.Add(at.Of("stages", stage.Id, "acts"), $"in {stage.Id} each role acts, and the first {role.Id} to be done would be done for "
                    + $"everybody who holds it: add each: {{ over: {role.HeldPer}, by: [{role.Id}] }}");
            }
        }

        if (!process.First.Acts.Any(role => known.Launching.Has(role)))
        {
            problems.Add(at.Of("stages", process.First.Id, "acts"), $"nobody can launch a review: before it there are only "
                + $"{string.Join(", ", known.Launching)}; name one of them in {process.First.Id}");
        }

        if (process.FindParty("subject") is null)
            problems.Add(at.Of("parties"), "no party is called subject: call the side under review so, its calendar counts for its deadlines");
        if (process.FindSubject("national") is null)
            problems.Add(at.Of("subjects"), "a single State cannot be reviewed: add the subject national");
        if (KnownStages.Serve(process, "self_assess"))
        {
            foreach (var variant in process.Variants.Where(v => !known.Budgets.Has(v.Id)))
            {
                problems.Add(at.Of("variants", variant.Id), $"the frameworks do not say how many items a review of the variant {variant.Id} may have: "
                    + $"call it {string.Join(", ", known.Budgets)}, or let self_assess make other documents");
            }
        }

        return problems.InFileOrder();
    }

    /// <summary>Whether several people hold a role at once, each for somebody else. There is one lead, whatever the role is held per.</summary>
    private static bool IsHeldByMany(Role role) => role.HeldPer is not null && role.Id != Access.Roles.Code(Access.Role.ReviewerLead);
}
