using Xunit;

namespace PeerReview.Core.Tests.Frameworks;

public sealed class FrameworkReaderTests
{
    [Fact]
    public void The_hash_is_over_structure_and_text_not_over_the_file()
    {
        var hash = FrameworkFile.Framework.Hash;
        var reordered = FrameworkFile.Text
            .Replace("id: un-ict-framework\nversion: 1\n", "version: 1\nid: \"un-ict-framework\"   # a remark\n", StringComparison.Ordinal);
        var reworded = FrameworkFile.Text.Replace("Shield your own", "Guard your own", StringComparison.Ordinal);

        Assert.NotEqual(FrameworkFile.Text, reordered);
        Assert.Equal(hash, FrameworkFile.Read(reordered).Framework!.Hash);
        Assert.NotEqual(hash, FrameworkFile.Read(reworded).Framework!.Hash);
    }

    [Fact]
    public void The_published_version_keeps_its_hash()
    {
        // A change here is a change under reviews that run: publish the next version instead.
        Assert.StartsWith("5b95a072a4a9b6f40f222ade18a23ece81875ddd56da411154", FrameworkFile.Framework.Hash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id: N-a.a2", "id: N-a.a1", "the item \"N-a.a1\" stands twice")]
    [InlineData("id: N-a.a2", "id: a2", "the id \"a2\" should be \"N-a.\" and a code")]
    [InlineData("id: N-b\n", "id: N-a\n", "the part \"N-a\" stands twice")]
    [InlineData("kind: pillar\n    title: \"Strategy", "kind: pilar\n    title: \"Strategy", "should be norm or pillar, not \"pilar\"")]
    [InlineData("title: \"Strategy basics\"", "titel: \"Strategy basics\"", "has no key \"titel\"")]
    [InlineData("title: \"Strategy basics\"", "titel: \"Strategy basics\"", "lacks \"title\"; add it")]
    [InlineData("levels: [bilateral, global]", "levels: [bilateral, galactic]", "the level \"galactic\"")]
    [InlineData("light: true", "light: yes", "should be true or false, not \"yes\"")]
    [InlineData("version: 1\n", "version: 1.5\n", "should be a whole number from 1 on, not \"1.5\"")]
    [InlineData("light: { items: 25", "light: { items: 18", "allows 18 items and 19 are fixed")]
    [InlineData("matches: [N-f, N-i, N-k]", "matches: [N-f, N-i, N-z]", "there is no part or item \"N-z\"")]
    [InlineData("items: [N-f.f1,", "items: [f1,", "there is no item \"f1\"")]
    [InlineData("sector: health\n", "sector: heart\n", "the sector \"heart\" is not in \"sectors\"")]
    [InlineData("{ code: not_considered,", "{ code: no, ", "\"scale\" should hold exactly not_considered, under_discussion")]
    [InlineData("language: en", "language: fr", "put translations in files of their own")]
    [InlineData("groups: [critical_infrastructure]", "groups: [critical]", "there is no group \"critical\"")]
    [InlineData("question: \"Which office leads your cooperation with other States on the security of ICT, and with what staff and budget line?\"",
        "question: \"\"", "\"question\" of an item should be a text that is not empty")]
    public void A_mistake_is_named_with_its_line_and_a_remedy(string from, string to, string message)
    {
        var at = FrameworkFile.Text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        var reading = FrameworkFile.Read(FrameworkFile.Text[..at] + to + FrameworkFile.Text[(at + from.Length)..]);

        Assert.Null(reading.Framework);
        var problem = Assert.Single(reading.Problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.StartsWith("f.yaml:", problem.ToString(), StringComparison.Ordinal);
        Assert.InRange(problem.Line, 1, FrameworkFile.Text.Count(c => c == '\n'));
    }

    [Fact]
    public void Every_problem_is_told_at_once_in_the_order_of_the_lines()
    {
        var broken = FrameworkFile.Text
            .Replace("matches: [N-f, N-i, N-k]", "matches: [N-x]", StringComparison.Ordinal)
            .Replace("id: N-k.k3", "id: N-k.k1", StringComparison.Ordinal)
            .Replace("version: 1\n", "version: one\n", StringComparison.Ordinal);

        var problems = FrameworkFile.Read(broken).Problems;

        Assert.Equal(3, problems.Length);
        Assert.Equal(problems.Select(p => p.Line).Order(), problems.Select(p => p.Line));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("text")]
    [InlineData("{}")]
    public void A_file_that_is_something_else_is_a_problem_and_no_exception(string yaml)
    {
        Assert.NotEmpty(FrameworkFile.Read(yaml).Problems);
    }
}
