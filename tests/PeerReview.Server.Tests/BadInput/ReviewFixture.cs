using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PeerReview.Testing;
using Xunit;

namespace PeerReview.Server.Tests.BadInput;

/// <summary>One program with one review in its self-assessment, for all tests of a class: they are all refused and change
/// nothing, so that none disturbs another.</summary>
public sealed class ReviewFixture : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public ReviewAt Review { get; private set; } = null!;

    /// <summary>Nobody who speaks for a State: for what belongs to the programme.</summary>
    public TestPerson Coordinator => Review.Coordinator;

    public async ValueTask InitializeAsync()
    {
        App = await TestApp.StartAsync();
        Review = await ReviewAt.AssessingAsync(App);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>Sends JSON and asserts a problem document of this status, code and field, and that nothing changed.</summary>
    /// <param name="who">A person of the review by role, see <see cref="Of"/>.</param>
    /// <param name="path">Below the review when it begins with <c>/</c>, below <c>/api/v1/</c> otherwise.</param>
    /// <param name="body">JSON text, or an object to be written as JSON; null for a request without a body.</param>
    public async Task RefusedAsync(string who, string method, string path, object? body, Refused expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? Review.Api + path : "/api/v1/" + path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        var before = await App.Database.HoldingsAsync();

        using var answer = await Of(who).Client.SendAsync(request, TestContext.Current.CancellationToken);

        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        var field = problem.TryGetProperty("field", out var named) ? named.GetString() : null;
        Assert.Equal(expected, new Refused((int)answer.StatusCode, problem.Text("code"), field));
        Says(problem.Text("title"));
        Says(problem.Text("detail"));
        Assert.Equal(before, await App.Database.HoldingsAsync());
    }

    /// <summary>Sends a form and asserts a page of this status that says why, at the field where there is one, and that
    /// nothing changed.</summary>
    /// <param name="field">The field the sentence leads to; null when it is about no field.</param>
    public async Task RefusedFormAsync(string who, string path, (string Name, string Value)[] fields, HttpStatusCode status, string? field)
    {
        using var pages = await Pages.OfAsync(App, Of(who));
        await pages.ReadAsync("/account");
        var before = await App.Database.HoldingsAsync();

        var (actual, html, next) = await pages.SubmitAsync(path.Replace("{review}", Review.Id.ToString(), StringComparison.Ordinal), fields);

        Assert.Equal((status, null), (actual, next));
        if (field is null)
            Assert.Matches("class=\"callout errors\"|<h1>Not (found|allowed|possible)", html);
        else
        {
            // Where a page has several forms, the name of the form stands before that of the field.
            var link = Regex.Match(
                html, $"<a href=\"#(f-([A-Za-z0-9]+-)?{Regex.Escape(field.Replace('.', '-'))})\">", RegexOptions.NonBacktracking);
            Assert.True(link.Success, $"No sentence leads to {field}.");
            Assert.Contains($"id=\"{link.Groups[1].Value}\"", html, StringComparison.Ordinal);
        }

        Assert.Equal(before, await App.Database.HoldingsAsync());
    }

    /// <summary>The person of a word.</summary>
    public TestPerson Of(string who) => who switch
    {
        "authority" => Review.Authority,
        "focal point" => Review.FocalPoint,
        "coordinator" => Review.Coordinator,
        "head" => Review.Head,
        "other State" => Review.Other,
        _ => throw new ArgumentException(who, nameof(who)),
    };

    // A sentence, not the key of one that is missing, with every place filled in.
    private static void Says(string? text)
    {
        Assert.NotNull(text);
        Assert.Contains(' ', text);
        Assert.DoesNotContain('{', text);
    }
}

/// <summary>What a problem document says.</summary>
public sealed record Refused(int Status, string? Code, string? Field = null);
