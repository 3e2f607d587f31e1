using System.Collections.Immutable;
using PeerReview.Core.Ports;
using PeerReview.Server.Platform.Letters;
using Scriban;
using Scriban.Syntax;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>A letter as parsed: the values it names, and what it says that letters may not say.</summary>
internal sealed class LetterSyntax
{
    /// <summary>How deep anything may stand in anything: what walks or evaluates it never runs out of stack.</summary>
    public const int MaxDepth = 100;

    private static readonly ImmutableHashSet<Type> Allowed =
    [
        typeof(ScriptPage), typeof(ScriptBlockStatement), typeof(ScriptRawStatement), typeof(ScriptEscapeStatement),
        typeof(ScriptExpressionStatement), typeof(ScriptNopStatement), typeof(ScriptEndStatement),
        typeof(ScriptIfStatement), typeof(ScriptElseStatement), typeof(ScriptCaseStatement), typeof(ScriptWhenStatement),
        typeof(ScriptForStatement), typeof(ScriptBreakStatement), typeof(ScriptContinueStatement),
        typeof(ScriptLiteral), typeof(ScriptVariableGlobal), typeof(ScriptMemberExpression), typeof(ScriptIndexerExpression),
        typeof(ScriptFunctionCall), typeof(ScriptPipeCall), typeof(ScriptNamedArgument), typeof(ScriptNestedExpression),
        typeof(ScriptBinaryExpression), typeof(ScriptUnaryExpression), typeof(ScriptConditionalExpression),
        typeof(ScriptToken), typeof(ScriptKeyword), typeof(ScriptIdentifier),
    ];

    // Powers and shifts make numbers of a million digits, which no letter needs.
    private static readonly ImmutableHashSet<ScriptBinaryOperator> Refused =
        [ScriptBinaryOperator.Power, ScriptBinaryOperator.ShiftLeft, ScriptBinaryOperator.ShiftRight];

    private readonly ImmutableArray<LetterText.Variable>.Builder _variables = ImmutableArray.CreateBuilder<LetterText.Variable>();
    private readonly ImmutableArray<LetterFault>.Builder _faults = ImmutableArray.CreateBuilder<LetterFault>();
    private readonly Stack<Place> _open = new();

    private LetterSyntax(Template template) => Template = template;

    public Template Template { get; }

    /// <summary>The values it names, whichever way through it is taken, each with its line.</summary>
    public ImmutableArray<LetterText.Variable> Variables => _variables.ToImmutable();

    /// <summary>Everything wrong with it, by line; it is rendered only when that is nothing.</summary>
    public ImmutableArray<LetterFault> Faults => _faults.ToImmutable();

    public static LetterSyntax Of(Template template)
    {
        var syntax = new LetterSyntax(template);
        if (template.Page is { } page)
            syntax._open.Push(new Place(page, 0, []));
        // Not by recursion: the depth is not known to be small yet.
        while (syntax._open.TryPop(out var place))
            syntax.Visit(place);
        syntax._variables.Sort((one, other) => one.Line.CompareTo(other.Line));
        syntax._faults.Sort((one, other) => one.Line.CompareTo(other.Line));
        return syntax;
    }

    private void Visit(Place place)
    {
        switch (place.Node)
        {
            case var deep when place.Depth > MaxDepth:
                Refuse(deep, "it is nested too deeply; write it simpler.");
                break;
            case ScriptList list:
                Push(place, list.Children);
                break;
            case var other when !Allowed.Contains(other.GetType()):
                Refuse(other, $"letters have no {NameOf(other)}; they have values, if, case, for and filters.");
                break;
            case ScriptForStatement loop:
                VisitLoop(place, loop);
                break;
            case ScriptVariableGlobal variable when !place.Bound.Contains(variable.Name):
                _variables.Add(new LetterText.Variable(variable.Name, LineOf(variable)));
                break;
            case ScriptVariableGlobal:
                break;
            case ScriptMemberExpression { Target: ScriptVariableGlobal group } member when !place.Bound.Contains(group.Name) && LetterFilters.Has(group.Name):
                RequireFilter(group.Name, member);
                break;
            case ScriptMemberExpression member: // what a member is called is no variable
                Push(place, [member.Target]);
                break;
            case ScriptNamedArgument argument: // nor what an argument is called
                Push(place, [argument.Value]);
                break;
            case ScriptBinaryExpression binary when Refused.Contains(binary.Operator):
                Refuse(binary, $"letters have no operator {binary.OperatorAsText}.");
                break;
            case ScriptUnaryExpression { Operator: not (ScriptUnaryOperator.Not or ScriptUnaryOperator.Negate or ScriptUnaryOperator.Plus) } unary:
                Refuse(unary, $"letters have no operator {unary.OperatorAsText}.");
                break;
            default:
                Push(place, place.Node.Children);
                break;
        }
    }

    private void VisitLoop(Place place, ScriptForStatement loop)
    {
        var row = (loop.Variable as ScriptVariableGlobal)?.Name;
        if (row is null)
            Refuse(loop, "give each row a plain name, as in: for line in list.");
        Push(place, [loop.Iterator, loop.NamedArguments, loop.Else]);
        Push(place with { Bound = place.Bound.Add(row ?? "").Add("for") }, [loop.Body]);
    }

    private void RequireFilter(string group, ScriptMemberExpression member)
    {
        if (member.Member is not { } name || !LetterFilters.Of(group).Contains(name.Name, StringComparer.Ordinal))
            Refuse(member, $"there is no {group}.{member.Member?.Name}; there are {string.Join(", ", LetterFilters.Of(group))}.");
    }

    private void Push(Place place, IEnumerable<ScriptNode?> nodes)
    {
        foreach (var node in nodes)
        {
            if (node is not null)
                _open.Push(new Place(node, place.Depth + 1, place.Bound));
        }
    }

    private static string NameOf(ScriptNode node) => ScriptSyntaxAttribute.Get(node.GetType()).TypeName switch
    {
        { } name when name.EndsWith(" statement", StringComparison.Ordinal) => name[..^" statement".Length],
        var name => name,
    };

    private static int LineOf(ScriptNode node) => node.Span.Start.Line + 1;

    private void Refuse(ScriptNode node, string what) => _faults.Add(new LetterFault(LineOf(node), what));

    /// <summary>A node still to be looked at.</summary>
    /// <param name="Bound">The names that loops around it give to their rows.</param>
    private readonly record struct Place(ScriptNode Node, int Depth, ImmutableHashSet<string> Bound);
}
