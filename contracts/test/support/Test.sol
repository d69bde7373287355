// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Vm} from "./Vm.sol";

/// @notice A bare test contract: assertions that say what they compared.
abstract contract Test {
    error NotEqual(uint256 left, uint256 right, string what);
    error Untrue(string what);

    bool public constant IS_TEST = true;
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function assertEq(uint256 left, uint256 right, string memory what) internal pure {
        require(left == right, NotEqual(left, right, what));
    }

    function assertEq(address left, address right, string memory what) internal pure {
        assertEq(uint160(left), uint160(right), what);
    }

    function assertEq(bytes32 left, bytes32 right, string memory what) internal pure {
        assertEq(uint256(left), uint256(right), what);
    }

    function assertTrue(bool condition, string memory what) internal pure {
        require(condition, Untrue(what));
    }

    function bound(uint256 x, uint256 low, uint256 high) internal pure returns (uint256) {
        if (low == 0 && high == type(uint256).max) return x;
        return low + x % (high - low + 1);
    }

    /// @dev A name's address: same in every run, and nobody has its key but {key}.
    function person(string memory name) internal pure returns (address) {
        return vm.addr(key(name));
    }

    function key(string memory name) internal pure returns (uint256) {
        return uint256(keccak256(bytes(name))) >> 8;
    }

    function sign(uint256 secret, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, s, v);
    }
}
