// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @notice A contract wallet that approves exactly the digests it was told to (ERC-1271).
contract ApprovingWallet is IERC1271 {
    mapping(bytes32 digest => bool) public approved;

    function approve(bytes32 digest) external {
        approved[digest] = true;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return approved[digest] ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @notice Calls on behalf of nobody when coin arrives; refuses the coin if the call fails.
contract ReentrantWallet {
    error Refused(bytes reason);

    address private _target;
    bytes private _call;

    receive() external payable {
        if (_target == address(0)) return;
        (bool ok, bytes memory reason) = _target.call(_call);
        require(ok, Refused(reason));
    }

    function arm(address target, bytes calldata call_) external {
        (_target, _call) = (target, call_);
    }

    function execute(address to, bytes calldata call_) external {
        (bool ok, bytes memory reason) = to.call(call_);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}
