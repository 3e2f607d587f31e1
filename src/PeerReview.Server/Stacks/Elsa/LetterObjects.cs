using PeerReview.Core.Ports;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace PeerReview.Server.Stacks.Elsa;

/// <summary>Values as Scriban takes them: texts are strings; days and numbers are compared, counted and formatted as what
/// they are, lists are looped over, and each reads as its text where it is put in.</summary>
internal static class LetterObjects
{
    public static ScriptObject Of(IEnumerable<KeyValuePair<string, LetterValue>> values)
    {
        var objects = new ScriptObject(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            objects.SetValue(name, Of(value), readOnly: true);
        return objects;
    }

    private static object Of(LetterValue value) => value switch
    {
        { Rows.IsEmpty: false } => new ShownRows(value.Rows.Select(Of), value.Shown),
        { Number: { } number } => new ShownFact(number, value.Shown),
        { Day: { } day } => new ShownFact(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), value.Shown),
        _ => value.Shown,
    };
}

/// <summary>Has a text of its own to be read.</summary>
internal interface IShown
{
    string Shown { get; }
}

/// <summary>The rows of a list.</summary>
internal sealed class ShownRows(IEnumerable<ScriptObject> rows, string shown) : ScriptArray(rows), IShown
{
    public string Shown => shown;
}

/// <summary>A number or a day.</summary>
internal sealed class ShownFact(object fact, string shown) : IShown, IScriptConvertibleTo, IScriptCustomBinaryOperation, IScriptCustomUnaryOperation
{
    public string Shown => shown;

    public bool TryConvertTo(TemplateContext context, SourceSpan span, Type type, out object value)
    {
        value = type == typeof(object) ? fact : context.ToObject(span, fact, type)!;
        return true;
    }

    public bool TryEvaluate(
        TemplateContext context,
        SourceSpan span,
        ScriptBinaryOperator op,
        SourceSpan leftSpan,
        object? leftValue,
        SourceSpan rightSpan,
        object? rightValue,
        out object? result)
    {
        result = ScriptBinaryExpression.Evaluate(context, span, op, leftSpan, Bare(leftValue), rightSpan, Bare(rightValue));
        return true;
    }

    public bool TryEvaluate(TemplateContext context, SourceSpan span, ScriptUnaryOperator op, object rightValue, out object result)
    {
        result = ScriptUnaryExpression.Evaluate(context, span, op, Bare(rightValue))!;
        return true;
    }

    private static object? Bare(object? value) => value is ShownFact other ? other.Fact : value;

    private object Fact => fact;
}
