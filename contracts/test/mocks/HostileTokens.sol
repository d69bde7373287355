// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

contract MintableToken is ERC20("Hostile", "HOST") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice Says nothing when it moves, as USDT does.
contract SilentToken {
    error SilentToken_Insufficient(address from);

    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        require(balanceOf[from] >= amount, SilentToken_Insufficient(from));
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Every balance grows or shrinks by itself: what the vault holds of it is not what was paid in.
contract RebasingToken is MintableToken {
    uint256 private _percent = 100;

    function rebase(uint256 percent) external {
        _percent = percent;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return super.balanceOf(account) * _percent / 100;
    }
}

/// @notice Stops all transfers when its issuer says so.
contract PausableToken is MintableToken {
    error Paused();

    bool private _paused;

    function pause(bool paused) external {
        _paused = paused;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!_paused, Paused());
        super._update(from, to, value);
    }
}

/// @notice Asks who receives, as ERC-777 does; a receiver may refuse, or do something else meanwhile.
contract HookedToken is MintableToken {
    mapping(address account => address) private _hooks;

    function setHook(address hook) external {
        _hooks[msg.sender] = hook;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_hooks[to] != address(0)) IReceiveHook(_hooks[to]).tokensReceived(from, to, value);
    }
}

interface IReceiveHook {
    function tokensReceived(address from, address to, uint256 amount) external;
}

/// @notice A receiver that refuses whatever it is sent.
contract RefusingHook is IReceiveHook {
    error Refused();

    function tokensReceived(address, address, uint256) external pure {
        revert Refused();
    }
}

/// @notice Any number of decimals, also such as nobody can write down.
contract OddDecimalsToken is MintableToken {
    uint8 private immutable _decimals;

    constructor(uint8 decimals_) {
        _decimals = decimals_;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}

/// @notice Pretends to have taken an ERC-3009 authorization.
contract HollowAuthorizationToken is MintableToken {
    function receiveWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes calldata)
        external
        pure
    {}
}

/// @notice Keeps 1 % of every transfer.
contract FeeOnTransferToken is MintableToken {
    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0)) return super._update(from, to, value);
        super._update(from, address(0xfee), value / 100);
        super._update(from, to, value - value / 100);
    }
}

/// @notice Returns false instead of reverting, and moves nothing.
contract FalseReturningToken is MintableToken {
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @notice Claims success and moves nothing.
contract LyingToken is MintableToken {
    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return true;
    }
}

/// @notice Refuses transfers to and from listed accounts.
contract BlacklistingToken is MintableToken {
    error Blacklisted(address account);

    mapping(address account => bool) public blacklisted;

    function blacklist(address account) external {
        blacklisted[account] = true;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!blacklisted[from], Blacklisted(from));
        require(!blacklisted[to], Blacklisted(to));
        super._update(from, to, value);
    }
}

/// @notice Calls back into a target while it is being moved, and passes the target's refusal on.
contract ReentrantToken is MintableToken {
    address private _target;
    bytes private _call;

    function arm(address target, bytes calldata call_) external {
        (_target, _call) = (target, call_);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (_target == address(0)) return;
        (bool ok, bytes memory reason) = _target.call(_call);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}
