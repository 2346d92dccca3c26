"""What papers' equations come to, computed by PyTorch: returns.json, with the numbers they were computed from.

    /usr/bin/python3 golden_returns.py > returns.json

Losses' gradients are autograd's. Written from the papers, and apart from the program's own code: the projection of C51 by distances to
the atoms (Bellemare et al., 2017, equation 7 as a hat function), the quantile Huber loss by PyTorch's own Huber loss, Munchausen's
policy by log_softmax, a noisy layer by full matrices of noise, spectral norm by PyTorch's own parametrisation.
"""

import json

import torch
from torch.nn import functional

torch.manual_seed(20)
torch.set_default_dtype(torch.float64)


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]


def single(*shape, scale=1.0):
    """Random numbers that 32 bits hold exactly."""
    return (torch.randn(*shape) * scale).float().double()


def c51():
    rows, actions, atoms, lowest, highest = 5, 3, 7, -2.0, 3.0
    z = torch.linspace(lowest, highest, atoms)
    step = z[1] - z[0]
    next_logits, logits, returns = single(rows, actions, atoms), single(rows, atoms).requires_grad_(), single(rows, scale=2.0)
    discounts = torch.tensor([0.75, 0.75, 0.0, 0.5, 0.875])
    p = next_logits.softmax(2)
    chosen = (p * z).sum(2).argmax(1)
    p = p[torch.arange(rows), chosen]
    moved = (returns[:, None] + discounts[:, None] * z).clamp(lowest, highest)
    # Each atom of the target takes from its neighbours as much as they are near: [1 − |Tz_j − z_i| / Δz] between 0 and 1.
    m = ((1 - (moved[:, None, :] - z[None, :, None]).abs() / step).clamp(0, 1) * p[:, None, :]).sum(2)
    loss = -(m * logits.log_softmax(1)).sum(1)
    loss.sum().backward()
    return dict(atoms=atoms, actions=actions, lowest=lowest, highest=highest, next=numbers(next_logits), returns=numbers(returns),
                discounts=numbers(discounts), values=numbers((next_logits.softmax(2) * z).sum(2)), outputs=numbers(logits), targets=numbers(m),
                losses=numbers(loss), gradients=numbers(logits.grad))


def quantiles():
    rows, atoms, kappa = 4, 5, 0.75
    theta, target = single(rows, atoms).requires_grad_(), single(rows, atoms, scale=2.0)
    tau = (torch.arange(atoms) + 0.5) / atoms
    u = target[:, None, :] - theta[:, :, None]
    huber = functional.huber_loss(theta[:, :, None].expand_as(u), target[:, None, :].expand_as(u), reduction="none", delta=kappa)
    loss = ((tau[None, :, None] - (u.detach() < 0).double()).abs() * huber).mean(2).sum(1)
    loss.sum().backward()
    return dict(atoms=atoms, kappa=kappa, outputs=numbers(theta), targets=numbers(target), losses=numbers(loss), gradients=numbers(theta.grad))


def implicit_quantiles():
    """IQN's loss at drawn chances, and the error that Beyond the Rainbow's replay goes by; the embedding and its product (equation 4)."""
    rows, atoms, kappa = 4, 5, 1.0
    theta, target, tau = single(rows, atoms).requires_grad_(), single(rows, atoms, scale=2.0), torch.rand(rows, atoms).float().double()
    u = target[:, None, :] - theta[:, :, None]
    huber = functional.huber_loss(theta[:, :, None].expand_as(u), target[:, None, :].expand_as(u), reduction="none", delta=kappa)
    loss = ((tau[:, :, None] - (u.detach() < 0).double()).abs() * huber).mean(2).sum(1)
    loss.sum().backward()
    cosines, features, actions = 6, 5, 3
    embedding, head = torch.nn.Linear(cosines, features), torch.nn.Linear(features, actions)
    for parameter in (*embedding.parameters(), *head.parameters()):
        parameter.data = single(*parameter.shape)
    x, dy = single(rows, features).requires_grad_(), single(rows, actions, atoms)
    phi = embedding((torch.arange(cosines) * torch.pi * tau[:, :, None]).cos()).relu()
    y = head(x[:, None, :] * phi).transpose(1, 2)
    y.backward(dy)
    parts = dict(embedding=embedding, head=head)
    return dict(atoms=atoms, kappa=kappa, taus=numbers(tau), outputs=numbers(theta), targets=numbers(target), losses=numbers(loss), gradients=numbers(theta.grad),
                errors=numbers(u.abs().mean(2).sum(1)), cosines=cosines, features=features, actions=actions, x=numbers(x), y=numbers(y), dy=numbers(dy), dx=numbers(x.grad),
                tensors={f"{name}.{k}": numbers(v) for name, part in parts.items() for k, v in part.named_parameters()},
                derivatives={f"{name}.{k}": numbers(v.grad) for name, part in parts.items() for k, v in part.named_parameters()})


def spectral_norm():
    """PyTorch's own parametrisation: one power iteration in training, none in evaluation; what it divides by, and autograd through it."""
    convolution = torch.nn.Conv2d(2, 4, 3, bias=False)
    convolution.weight.data = single(4, 2, 3, 3)
    normal = torch.nn.utils.parametrizations.spectral_norm(convolution)
    parametrisation = normal.parametrizations.weight
    first = dict(u=numbers(parametrisation[0]._u), v=numbers(parametrisation[0]._v))
    dy = single(4, 2, 3, 3)
    weight = normal.weight
    weight.backward(dy)
    return dict(original=numbers(parametrisation.original), **first, u1=numbers(parametrisation[0]._u), v1=numbers(parametrisation[0]._v), weight=numbers(weight),
                dy=numbers(dy), gradient=numbers(parametrisation.original.grad))


def munchausen():
    rows, actions, alpha, tau, floor = 5, 4, 0.9, 0.03125, -1.0
    q, q_next, returns = single(rows, actions, scale=0.0625), single(rows, actions, scale=0.0625), single(rows)
    q[4] *= 100  # the log-policy of whatever is not best falls below the floor
    taken = torch.tensor([0, 1, 2, 3, int(q[4].argmin())])
    discounts = torch.tensor([0.9375, 0.9375, 0.0, 0.9375, 0.9375])
    bonus = (tau * (q / tau).log_softmax(1))[torch.arange(rows), taken].clamp(floor, 0)
    log_policy = (q_next / tau).log_softmax(1)
    targets = returns + alpha * bonus + discounts * (log_policy.exp() * (q_next - tau * log_policy)).sum(1)
    return dict(actions=actions, alpha=alpha, tau=tau, floor=floor, values=numbers(q), next=numbers(q_next), taken=taken.tolist(), returns=numbers(returns),
                discounts=numbers(discounts), targets=numbers(targets))


def priorities():
    alpha, beta = 0.6, 0.4
    errors = single(8).abs()
    p = (errors + 1e-6) ** alpha
    chance = p / p.sum()
    return dict(alpha=alpha, beta=beta, errors=numbers(errors), chances=numbers(chance), weights=numbers((len(p) * chance) ** -beta))


def noisy():
    rows, inputs, outputs = 3, 5, 4
    x, dy = single(rows, inputs), single(rows, outputs)
    tensors = {name: single(*shape).requires_grad_() for name, shape in
               dict(weight_mu=(outputs, inputs), weight_sigma=(outputs, inputs), bias_mu=(outputs,), bias_sigma=(outputs,)).items()}
    epsilon_in, epsilon_out = single(inputs), single(outputs)
    f = lambda e: e.sign() * e.abs().sqrt()
    weight = tensors["weight_mu"] + tensors["weight_sigma"] * torch.outer(f(epsilon_out), f(epsilon_in))
    bias = tensors["bias_mu"] + tensors["bias_sigma"] * f(epsilon_out)
    y = functional.linear(x, weight, bias)
    (y * dy).sum().backward()
    silent = functional.linear(x, tensors["weight_mu"], tensors["bias_mu"])
    return dict(inputs=inputs, outputs=outputs, x=numbers(x), dy=numbers(dy), epsilonIn=numbers(epsilon_in), epsilonOut=numbers(epsilon_out), y=numbers(y),
                silent=numbers(silent), tensors={n: numbers(t) for n, t in tensors.items()}, gradients={n: numbers(t.grad) for n, t in tensors.items()})


print(json.dumps(dict(c51=c51(), quantiles=quantiles(), munchausen=munchausen(), priorities=priorities(), noisy=noisy(), implicitQuantiles=implicit_quantiles(),
                      spectralNorm=spectral_norm()), separators=(",", ":")))
