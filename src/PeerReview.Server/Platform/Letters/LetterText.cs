using System.Collections.Immutable;
using PeerReview.Core.Ports;

namespace PeerReview.Server.Platform.Letters;

/// <summary>The one form a shipped letter may have: text with plain <c>{{ name }}</c> variables, nothing of any template
/// language.</summary>
public static class LetterText
{
    /// <summary>The variables of a text in their order, each with its line, and what else in double braces is wrong.</summary>
    public static (ImmutableArray<Variable> Variables, ImmutableArray<LetterFault> Faults) Read(string text)
    {
        var variables = ImmutableArray.CreateBuilder<Variable>();
        var faults = ImmutableArray.CreateBuilder<LetterFault>();
        var line = 1;
        foreach (var row in text.Split('\n'))
        {
            ReadLine(row, line, variables, faults);
            line++;
        }

        return (variables.ToImmutable(), faults.ToImmutable());
    }

    /// <summary>What is wrong with a text that is to be of this form and may name these.</summary>
    public static ImmutableArray<LetterFault> Check(string text, IReadOnlyCollection<string> known)
    {
        var (variables, faults) = Read(text);
        return [.. faults.Concat(Unknown(variables, known)).OrderBy(fault => fault.Line)];
    }

    /// <summary>A fault for each variable that is none of those known.</summary>
    public static IEnumerable<LetterFault> Unknown(IEnumerable<Variable> variables, IReadOnlyCollection<string> known) =>
        from variable in variables
        where !known.Contains(variable.Name, StringComparer.Ordinal)
        select new LetterFault(
            variable.Line,
            $"no value is called '{variable.Name}'; use one of {string.Join(", ", known.Order(StringComparer.Ordinal))}.");

    private static void ReadLine(
        string row, int line, ImmutableArray<Variable>.Builder variables, ImmutableArray<LetterFault>.Builder faults)
    {
        var at = 0;
        while (at < row.Length)
        {
            var open = row.IndexOf("{{", at, StringComparison.Ordinal);
            var close = row.IndexOf("}}", at, StringComparison.Ordinal);
            if (open < 0 && close < 0)
                return;
            if (open < 0 || (close >= 0 && close < open))
            {
                faults.Add(new LetterFault(line, "'}}' closes nothing; write {{ name }}."));
                return;
            }

            if (close < 0)
            {
                faults.Add(new LetterFault(line, "'{{' is not closed on its line; write {{ name }}."));
                return;
            }

            var name = row[(open + 2)..close].Trim(' ');
            if (!IsName(name) || (close + 2 < row.Length && row[close + 2] == '}'))
                faults.Add(new LetterFault(line, $"'{{{{{row[(open + 2)..close]}}}}}' is no variable; only {{{{ name }}}} with a-z, 0-9 and _ is."));
            else
                variables.Add(new Variable(name, line));
            at = close + 2;
        }
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>A variable and the line it stands on, from 1.</summary>
    public readonly record struct Variable(string Name, int Line);
}
