using System.Reflection;
using System.Text;
using Npgsql;

namespace PeerReview.Server.Tests.Structure;

/// <summary>Makes PostgreSQL plan the statements of the program, without running one.</summary>
internal static class SqlStatements
{
    /// <summary>Every constant text in a class named <c>Sql</c> or <c>…Sql</c>. Pieces of statements stand elsewhere, in a
    /// class named <c>Parts</c>.</summary>
    public static IReadOnlyList<Statement> Of(IEnumerable<Type> types) =>
        [.. types
            .Where(type => type.Name.EndsWith("Sql", StringComparison.Ordinal))
            .SelectMany(type => type
                .GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)
                .Where(field => field.IsLiteral && field.FieldType == typeof(string))
                .Select(field => new Statement(
                    type.DeclaringType ?? type, field.Name, (string)field.GetRawConstantValue()!)))];

    /// <summary>What is wrong with a text, statement by statement; null when each can be planned by one of the logins,
    /// with the rights it has.</summary>
    public static async Task<string?> ProblemAsync(Statement statement, IReadOnlyList<NpgsqlDataSource> logins)
    {
        foreach (var one in Split(statement.Text))
        {
            string? problem = null;
            foreach (var login in logins)
            {
                problem = await PlanAsync(one, login);
                if (problem is null)
                    break;
            }

            if (problem is not null)
                return $"{statement.Owner.FullName}.Sql.{statement.Name}: {problem}";
        }

        return null;
    }

    /// <summary>The statements of a text: split at semicolons outside quotes and comments.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var length = QuotedLength(text, at);
            if (length > 0)
                part.Append(text, at, length);
            else if (text[at] == ';')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
                part.Append(text[at]);
            at += Math.Max(length, 1);
        }

        parts.Add(part.ToString());
        return [.. parts.Where(one => !string.IsNullOrWhiteSpace(one))];
    }

    // EXPLAIN plans a statement and checks its rights, and runs nothing; it takes these kinds only. Others are parsed.
    private static async Task<string?> PlanAsync(string sql, NpgsqlDataSource login)
    {
        await using var connection = await login.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            NpgsqlCommandBuilder.DeriveParameters(command);
            if (!IsPlanned(sql))
                return null;
            foreach (NpgsqlParameter parameter in command.Parameters)
                parameter.Value = DBNull.Value;
            command.CommandText = "EXPLAIN " + sql;
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException problem)
        {
            return problem.MessageText;
        }
    }

    private static bool IsPlanned(string sql)
    {
        var words = sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal));
        return words.First().ToUpperInvariant() is "SELECT" or "INSERT" or "UPDATE" or "DELETE" or "MERGE" or "WITH" or "VALUES";
    }

    private static int QuotedLength(string text, int at)
    {
        var (opening, closing) = text[at] switch
        {
            '\'' => ("'", "'"),
            '"' => ("\"", "\""),
            '$' when at + 1 < text.Length && text[at + 1] == '$' => ("$$", "$$"),
            '-' when at + 1 < text.Length && text[at + 1] == '-' => ("--", "\n"),
            _ => ("", ""),
        };
        if (opening.Length == 0)
            return 0;
        var end = text.IndexOf(closing, at + opening.Length, StringComparison.Ordinal);
        return end < 0 ? text.Length - at : end + closing.Length - at;
    }

    /// <summary>One constant of a slice.</summary>
    public sealed record Statement(Type Owner, string Name, string Text);
}
